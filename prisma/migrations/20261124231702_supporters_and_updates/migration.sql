-- CreateEnum
CREATE TYPE "subscription_state" AS ENUM ('asked', 'confirmed', 'left', 'expired');

-- CreateEnum
CREATE TYPE "update_state" AS ENUM ('preparing', 'sending');

-- CreateTable
CREATE TABLE "supporter" (
    "id" UUID NOT NULL,
    "address_hash" TEXT NOT NULL,
    "address" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "supporter_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "wording" (
    "id" UUID NOT NULL,
    "purpose" TEXT NOT NULL,
    "version" INTEGER NOT NULL,
    "text" TEXT NOT NULL,
    "first_shown_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "wording_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "consent" (
    "id" UUID NOT NULL,
    "supporter_id" UUID NOT NULL,
    "wording_id" UUID NOT NULL,
    "given" TEXT NOT NULL,
    "given_at" TIMESTAMPTZ(3) NOT NULL,
    "confirmed_at" TIMESTAMPTZ(3),
    "withdrawn_at" TIMESTAMPTZ(3),
    "withdrawn_by" TEXT,

    CONSTRAINT "consent_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "private_link" (
    "token_hash" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "about" TEXT NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),
    "used_at" TIMESTAMPTZ(3),

    CONSTRAINT "private_link_pkey" PRIMARY KEY ("token_hash")
);

-- CreateTable
CREATE TABLE "subscription" (
    "id" UUID NOT NULL,
    "supporter_id" UUID NOT NULL,
    "topic" TEXT NOT NULL,
    "state" "subscription_state" NOT NULL,
    "consent_id" UUID NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "state_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "subscription_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "update" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "topic" TEXT NOT NULL,
    "subject" TEXT NOT NULL,
    "preview" TEXT NOT NULL,
    "markdown" TEXT NOT NULL,
    "state" "update_state" NOT NULL,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "prepared_to" UUID,
    "prepared_at" TIMESTAMPTZ(3),

    CONSTRAINT "update_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "delivery" (
    "id" UUID NOT NULL,
    "update_id" UUID NOT NULL,
    "subscription_id" UUID,
    "address_hash" TEXT NOT NULL,
    "consent_id" UUID,
    "message_id" UUID,
    "skipped" TEXT,

    CONSTRAINT "delivery_pkey" PRIMARY KEY ("id")
);

-- CreateIndex
CREATE UNIQUE INDEX "supporter_address_hash_key" ON "supporter"("address_hash");

-- CreateIndex
CREATE UNIQUE INDEX "wording_purpose_version_key" ON "wording"("purpose", "version");

-- CreateIndex
CREATE UNIQUE INDEX "wording_purpose_text_key" ON "wording"("purpose", "text");

-- CreateIndex
CREATE INDEX "consent_supporter_id_idx" ON "consent"("supporter_id");

-- CreateIndex
CREATE INDEX "private_link_about_idx" ON "private_link"("about");

-- CreateIndex
CREATE INDEX "private_link_expires_at_idx" ON "private_link"("expires_at");

-- CreateIndex
CREATE INDEX "subscription_topic_state_id_idx" ON "subscription"("topic", "state", "id");

-- CreateIndex
CREATE INDEX "subscription_consent_id_idx" ON "subscription"("consent_id");

-- CreateIndex
CREATE UNIQUE INDEX "subscription_supporter_id_topic_key" ON "subscription"("supporter_id", "topic");

-- CreateIndex
CREATE UNIQUE INDEX "update_slug_key" ON "update"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_message_id_key" ON "delivery"("message_id");

-- CreateIndex
CREATE INDEX "delivery_subscription_id_idx" ON "delivery"("subscription_id");

-- CreateIndex
CREATE INDEX "delivery_consent_id_idx" ON "delivery"("consent_id");

-- CreateIndex
CREATE UNIQUE INDEX "delivery_update_id_address_hash_key" ON "delivery"("update_id", "address_hash");

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_supporter_id_fkey" FOREIGN KEY ("supporter_id") REFERENCES "supporter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "consent" ADD CONSTRAINT "consent_wording_id_fkey" FOREIGN KEY ("wording_id") REFERENCES "wording"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_supporter_id_fkey" FOREIGN KEY ("supporter_id") REFERENCES "supporter"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "subscription" ADD CONSTRAINT "subscription_consent_id_fkey" FOREIGN KEY ("consent_id") REFERENCES "consent"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_update_id_fkey" FOREIGN KEY ("update_id") REFERENCES "update"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_subscription_id_fkey" FOREIGN KEY ("subscription_id") REFERENCES "subscription"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_consent_id_fkey" FOREIGN KEY ("consent_id") REFERENCES "consent"("id") ON DELETE SET NULL ON UPDATE CASCADE;

-- What Prisma cannot say.
-- A consent is taken back at a time and in a way, or stands.
ALTER TABLE "consent" ADD CONSTRAINT "consent_withdrawn" CHECK ((withdrawn_at IS NULL) = (withdrawn_by IS NULL));
-- A delivery went into the outbox, or has a reason why not: sent and skipped together are the audience.
ALTER TABLE "delivery" ADD CONSTRAINT "delivery_sent_or_skipped" CHECK ((message_id IS NULL) <> (skipped IS NULL));
ALTER TABLE "update" ADD CONSTRAINT "update_slug" CHECK (slug ~ '^[a-z0-9]+(-[a-z0-9]+)*$');
ALTER TABLE "update" ADD CONSTRAINT "update_prepared" CHECK ((state = 'preparing') = (prepared_at IS NULL));
