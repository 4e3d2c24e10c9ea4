-- CreateEnum
CREATE TYPE "movement_kind" AS ENUM ('charge', 'refund', 'refund_failure', 'dispute', 'dispute_reversal', 'stripe_fee', 'payout', 'payout_failure', 'adjustment', 'unknown');

-- CreateTable
CREATE TABLE "fund" (
    "id" TEXT NOT NULL,
    "partner_id" UUID,

    CONSTRAINT "fund_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "movement" (
    "id" TEXT NOT NULL,
    "kind" "movement_kind" NOT NULL,
    "gift_id" UUID,
    "undoes_id" TEXT,
    "given_minor" BIGINT,
    "given_currency" TEXT,
    "gross_minor" BIGINT NOT NULL,
    "fee_minor" BIGINT NOT NULL,
    "net_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,
    "exchange_rate" TEXT,
    "fee_parts" JSONB NOT NULL,
    "funds" JSONB NOT NULL,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "recorded_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "movement_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_transaction" (
    "id" UUID NOT NULL,
    "key" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "movement_id" TEXT,
    "occurred_at" TIMESTAMPTZ(3) NOT NULL,
    "posted_at" TIMESTAMPTZ(3) NOT NULL,
    "exchange_rate" TEXT,
    "memo" TEXT,
    "reverses_id" UUID,

    CONSTRAINT "ledger_transaction_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ledger_entry" (
    "transaction_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "account" TEXT NOT NULL,
    "fund_id" TEXT,
    "amount_minor" BIGINT NOT NULL,
    "currency" TEXT NOT NULL,

    CONSTRAINT "ledger_entry_pkey" PRIMARY KEY ("transaction_id","position")
);

-- CreateIndex
CREATE UNIQUE INDEX "fund_partner_id_key" ON "fund"("partner_id");

-- CreateIndex
CREATE INDEX "movement_gift_id_idx" ON "movement"("gift_id");

-- CreateIndex
CREATE INDEX "movement_undoes_id_idx" ON "movement"("undoes_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_key_key" ON "ledger_transaction"("key");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_movement_id_key" ON "ledger_transaction"("movement_id");

-- CreateIndex
CREATE UNIQUE INDEX "ledger_transaction_reverses_id_key" ON "ledger_transaction"("reverses_id");

-- CreateIndex
CREATE INDEX "ledger_entry_account_currency_idx" ON "ledger_entry"("account", "currency");

-- CreateIndex
CREATE INDEX "ledger_entry_fund_id_idx" ON "ledger_entry"("fund_id");

-- AddForeignKey
ALTER TABLE "fund" ADD CONSTRAINT "fund_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "movement" ADD CONSTRAINT "movement_undoes_id_fkey" FOREIGN KEY ("undoes_id") REFERENCES "movement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_movement_id_fkey" FOREIGN KEY ("movement_id") REFERENCES "movement"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_transaction" ADD CONSTRAINT "ledger_transaction_reverses_id_fkey" FOREIGN KEY ("reverses_id") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_transaction_id_fkey" FOREIGN KEY ("transaction_id") REFERENCES "ledger_transaction"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ledger_entry" ADD CONSTRAINT "ledger_entry_fund_id_fkey" FOREIGN KEY ("fund_id") REFERENCES "fund"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- ── What Prisma cannot say ────────────────────────────────────────────────────

ALTER TABLE "fund" ADD CONSTRAINT "fund_id"
  CHECK (id = CASE WHEN partner_id IS NULL THEN 'where-most-needed' ELSE 'partner:' || partner_id END);

ALTER TABLE "movement"
  ADD CONSTRAINT "movement_given" CHECK ((given_minor IS NULL) = (given_currency IS NULL)),
  ADD CONSTRAINT "movement_gift" CHECK ((gift_id IS NULL) = (given_minor IS NULL)),
  ADD CONSTRAINT "movement_net" CHECK (net_minor = gross_minor - fee_minor),
  ADD CONSTRAINT "movement_moves" CHECK (gross_minor <> 0 OR fee_minor <> 0),
  ADD CONSTRAINT "movement_currencies" CHECK (currency ~ '^[A-Z]{3}$' AND given_currency ~ '^[A-Z]{3}$');

ALTER TABLE "ledger_transaction"
  ADD CONSTRAINT "ledger_transaction_key"
    CHECK (CASE WHEN movement_id IS NULL THEN key LIKE 'manual:_%' ELSE key = 'stripe:' || movement_id END),
  ADD CONSTRAINT "ledger_transaction_reverses" CHECK (reverses_id <> id);

ALTER TABLE "ledger_entry"
  ADD CONSTRAINT "ledger_entry_account" CHECK (account IN (
    'stripe:balance', 'stripe:in_transit', 'bank', 'income', 'fees:stripe', 'fees:dispute', 'partner:payable',
    'exchange', 'suspense')),
  ADD CONSTRAINT "ledger_entry_fund" CHECK ((fund_id IS NOT NULL) = (account IN ('income', 'partner:payable'))),
  ADD CONSTRAINT "ledger_entry_amount" CHECK (amount_minor <> 0),
  ADD CONSTRAINT "ledger_entry_currency" CHECK (currency ~ '^[A-Z]{3}$');

-- What was written down about money stays as it was written. A mistake is corrected by another entry.
CREATE FUNCTION "refuse_change"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is only ever added to: correct it by a new row (% refused)', TG_TABLE_NAME, lower(TG_OP)
    USING ERRCODE = 'check_violation';
END $$;

CREATE TRIGGER "movement_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "movement"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "ledger_transaction_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_transaction"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();
CREATE TRIGGER "ledger_entry_stays" BEFORE UPDATE OR DELETE OR TRUNCATE ON "ledger_entry"
  FOR EACH STATEMENT EXECUTE FUNCTION "refuse_change"();

-- A ledger transaction is closed when it commits: what its sum was then, it is for good.
CREATE FUNCTION "refuse_late_entry"() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF NOT EXISTS (
    SELECT FROM "ledger_transaction" WHERE id = NEW.transaction_id AND xmin = pg_current_xact_id()::xid
  ) THEN
    RAISE EXCEPTION 'ledger transaction % is closed: add a new one', NEW.transaction_id
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NEW;
END $$;

CREATE TRIGGER "ledger_entry_in_time" BEFORE INSERT ON "ledger_entry"
  FOR EACH ROW EXECUTE FUNCTION "refuse_late_entry"();

-- Every currency of a ledger transaction sums to zero, over two entries at least. Looked at when it commits.
-- Argument: the column that names the ledger transaction.
CREATE FUNCTION "require_balance"() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
  which uuid := to_jsonb(NEW) ->> TG_ARGV[0];
  off record;
BEGIN
  IF (SELECT count(*) < 2 FROM "ledger_entry" WHERE transaction_id = which) THEN
    RAISE EXCEPTION 'ledger transaction % has fewer than two entries', which USING ERRCODE = 'check_violation';
  END IF;
  SELECT currency, sum(amount_minor) AS total INTO off FROM "ledger_entry" WHERE transaction_id = which
    GROUP BY currency HAVING sum(amount_minor) <> 0 ORDER BY currency LIMIT 1;
  IF FOUND THEN
    RAISE EXCEPTION 'ledger transaction % is off by % %', which, off.total, off.currency
      USING ERRCODE = 'check_violation';
  END IF;
  RETURN NULL;
END $$;

CREATE CONSTRAINT TRIGGER "ledger_transaction_balances" AFTER INSERT ON "ledger_transaction"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_balance"('id');
CREATE CONSTRAINT TRIGGER "ledger_entry_balances" AFTER INSERT ON "ledger_entry"
  DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION "require_balance"('transaction_id');
