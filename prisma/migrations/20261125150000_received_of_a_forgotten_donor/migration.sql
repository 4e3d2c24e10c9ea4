-- Money may come when nobody knows any more whose it is. It is received all the same, and a person is told.
ALTER TABLE "gift" DROP CONSTRAINT "gift_donor";
ALTER TABLE "gift" ADD CONSTRAINT "gift_donor" CHECK ((name IS NULL) = (email IS NULL));
