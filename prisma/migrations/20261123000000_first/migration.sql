-- CreateEnum
CREATE TYPE "finding_kind" AS ENUM ('finding', 'conclusion');

-- CreateEnum
CREATE TYPE "attribution" AS ENUM ('witness', 'official', 'ngo', 'charity');

-- CreateEnum
CREATE TYPE "claim_status" AS ENUM ('reported', 'assessed', 'corroborated', 'disputed');

-- CreateEnum
CREATE TYPE "change_kind" AS ENUM ('event', 'followup', 'crosscheck', 'response');

-- CreateEnum
CREATE TYPE "partner_fact_kind" AS ENUM ('history', 'service', 'figure', 'support');

-- CreateTable
CREATE TABLE "installation" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "mode" TEXT NOT NULL,
    "app_url" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "installation_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "heartbeat" (
    "name" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "heartbeat_pkey" PRIMARY KEY ("name")
);

-- CreateTable
CREATE TABLE "rate_limit" (
    "key" TEXT NOT NULL,
    "full_again" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "rate_limit_pkey" PRIMARY KEY ("key")
);

-- CreateTable
CREATE TABLE "charity" (
    "id" INTEGER NOT NULL DEFAULT 1,
    "name" TEXT NOT NULL,
    "legal_name" TEXT NOT NULL,
    "strapline" TEXT NOT NULL,
    "legal_lines" TEXT[],
    "about" TEXT NOT NULL,
    "website" TEXT NOT NULL,
    "contact_email" TEXT,
    "contact_phone" TEXT,
    "postal_address" TEXT[],
    "appeal_line" TEXT NOT NULL,
    "accent_light" TEXT NOT NULL,
    "accent_dark" TEXT NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "charity_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "source" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "publisher" TEXT NOT NULL,
    "url" TEXT,
    "dated" TEXT,

    CONSTRAINT "source_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "report" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "published_on" DATE NOT NULL,
    "information_date" TEXT NOT NULL,
    "purpose" TEXT NOT NULL,
    "caveat" TEXT NOT NULL,
    "full_text_note" TEXT,
    "is_front" BOOLEAN NOT NULL DEFAULT false,
    "source_id" UUID NOT NULL,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "report_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "finding" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "finding_kind" NOT NULL,
    "title" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "warning" TEXT,
    "figure" TEXT,
    "figure_caption" TEXT,

    CONSTRAINT "finding_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "claim" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "finding_id" UUID,
    "anchor" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "statement" TEXT NOT NULL,
    "attribution" "attribution" NOT NULL,
    "attributed_to" TEXT NOT NULL,
    "status" "claim_status" NOT NULL,
    "information_date" TEXT NOT NULL,

    CONSTRAINT "claim_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "change" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "anchor" TEXT NOT NULL,
    "kind" "change_kind" NOT NULL,
    "when" TEXT NOT NULL,
    "happened_on" DATE NOT NULL,
    "title" TEXT NOT NULL,
    "statement" TEXT NOT NULL,
    "attributed_to" TEXT NOT NULL,

    CONSTRAINT "change_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "ask" (
    "id" UUID NOT NULL,
    "report_id" UUID NOT NULL,
    "anchor" TEXT NOT NULL,
    "when" TEXT NOT NULL,
    "asked_on" DATE NOT NULL,
    "addressee" TEXT NOT NULL,
    "statement" TEXT NOT NULL,

    CONSTRAINT "ask_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partner" (
    "id" UUID NOT NULL,
    "slug" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "name" TEXT NOT NULL,
    "country" TEXT NOT NULL,
    "place" TEXT NOT NULL,
    "summary" TEXT NOT NULL,
    "is_sample" BOOLEAN NOT NULL DEFAULT false,
    "updated_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "partner_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "partner_fact" (
    "id" UUID NOT NULL,
    "partner_id" UUID NOT NULL,
    "position" INTEGER NOT NULL,
    "kind" "partner_fact_kind" NOT NULL,
    "statement" TEXT NOT NULL,
    "figure" TEXT,
    "information_date" TEXT,

    CONSTRAINT "partner_fact_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "_ClaimToSource" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_ClaimToSource_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_ChangeToSource" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_ChangeToSource_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_AskToSource" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_AskToSource_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateTable
CREATE TABLE "_PartnerFactToSource" (
    "A" UUID NOT NULL,
    "B" UUID NOT NULL,

    CONSTRAINT "_PartnerFactToSource_AB_pkey" PRIMARY KEY ("A","B")
);

-- CreateIndex
CREATE INDEX "rate_limit_full_again_idx" ON "rate_limit"("full_again");

-- CreateIndex
CREATE UNIQUE INDEX "source_slug_key" ON "source"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "report_slug_key" ON "report"("slug");

-- CreateIndex
CREATE INDEX "report_source_id_idx" ON "report"("source_id");

-- CreateIndex
CREATE UNIQUE INDEX "finding_report_id_slug_key" ON "finding"("report_id", "slug");

-- CreateIndex
CREATE UNIQUE INDEX "finding_report_id_position_key" ON "finding"("report_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "finding_id_report_id_key" ON "finding"("id", "report_id");

-- CreateIndex
CREATE INDEX "claim_finding_id_idx" ON "claim"("finding_id");

-- CreateIndex
CREATE UNIQUE INDEX "claim_report_id_anchor_key" ON "claim"("report_id", "anchor");

-- CreateIndex
CREATE UNIQUE INDEX "claim_report_id_position_key" ON "claim"("report_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "change_report_id_anchor_key" ON "change"("report_id", "anchor");

-- CreateIndex
CREATE UNIQUE INDEX "ask_report_id_anchor_key" ON "ask"("report_id", "anchor");

-- CreateIndex
CREATE UNIQUE INDEX "partner_slug_key" ON "partner"("slug");

-- CreateIndex
CREATE UNIQUE INDEX "partner_fact_partner_id_position_key" ON "partner_fact"("partner_id", "position");

-- CreateIndex
CREATE INDEX "_ClaimToSource_B_index" ON "_ClaimToSource"("B");

-- CreateIndex
CREATE INDEX "_ChangeToSource_B_index" ON "_ChangeToSource"("B");

-- CreateIndex
CREATE INDEX "_AskToSource_B_index" ON "_AskToSource"("B");

-- CreateIndex
CREATE INDEX "_PartnerFactToSource_B_index" ON "_PartnerFactToSource"("B");

-- AddForeignKey
ALTER TABLE "report" ADD CONSTRAINT "report_source_id_fkey" FOREIGN KEY ("source_id") REFERENCES "source"("id") ON DELETE RESTRICT ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "finding" ADD CONSTRAINT "finding_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "claim" ADD CONSTRAINT "claim_finding_id_report_id_fkey" FOREIGN KEY ("finding_id", "report_id") REFERENCES "finding"("id", "report_id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "change" ADD CONSTRAINT "change_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "ask" ADD CONSTRAINT "ask_report_id_fkey" FOREIGN KEY ("report_id") REFERENCES "report"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "partner_fact" ADD CONSTRAINT "partner_fact_partner_id_fkey" FOREIGN KEY ("partner_id") REFERENCES "partner"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ClaimToSource" ADD CONSTRAINT "_ClaimToSource_A_fkey" FOREIGN KEY ("A") REFERENCES "claim"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ClaimToSource" ADD CONSTRAINT "_ClaimToSource_B_fkey" FOREIGN KEY ("B") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ChangeToSource" ADD CONSTRAINT "_ChangeToSource_A_fkey" FOREIGN KEY ("A") REFERENCES "change"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_ChangeToSource" ADD CONSTRAINT "_ChangeToSource_B_fkey" FOREIGN KEY ("B") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AskToSource" ADD CONSTRAINT "_AskToSource_A_fkey" FOREIGN KEY ("A") REFERENCES "ask"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_AskToSource" ADD CONSTRAINT "_AskToSource_B_fkey" FOREIGN KEY ("B") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_PartnerFactToSource" ADD CONSTRAINT "_PartnerFactToSource_A_fkey" FOREIGN KEY ("A") REFERENCES "partner_fact"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "_PartnerFactToSource" ADD CONSTRAINT "_PartnerFactToSource_B_fkey" FOREIGN KEY ("B") REFERENCES "source"("id") ON DELETE CASCADE ON UPDATE CASCADE;


-- What Prisma cannot say: these tables have one row.
ALTER TABLE "installation" ADD CONSTRAINT "installation_one_row" CHECK (id = 1);
ALTER TABLE "installation" ADD CONSTRAINT "installation_mode" CHECK (mode IN ('sandbox', 'test', 'live'));
ALTER TABLE "charity" ADD CONSTRAINT "charity_one_row" CHECK (id = 1);
