-- AlterTable
ALTER TABLE "update" ADD COLUMN     "html" TEXT NOT NULL,
ADD COLUMN     "text" TEXT NOT NULL;
