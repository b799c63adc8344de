import { type Kysely, type Migration, sql } from "kysely";

/**
 * Which notices may still be shown, without reading those of decades that are over. What is no JSON, or says no end, has
 * the end NULL: it is found as well, so that it is told of at once.
 */
const endOfSchedule = "CASE WHEN json_valid(schedule) THEN json_extract(schedule, '$.until') END";

export const living: Migration = {
  async up(db: Kysely<unknown>) {
    await sql.raw(`CREATE INDEX revision_until ON revision (site, (${endOfSchedule}), notice)`).execute(db);
  },
};
