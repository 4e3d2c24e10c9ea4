import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { ColumnTypeEnum } from '@prisma/driver-adapter-utils'
import pg from 'pg'
import { parse } from 'pg-connection-string'

type Connection = Awaited<ReturnType<PrismaPg['connect']>>
type RawResult = { rows: object; fields?: { dataTypeID: number }[] }

/** PostgreSQL's one-byte "char", in which its catalogue keeps kinds of constraints, and the text type. */
const CHAR_OID = 18
const TEXT_OID = 25

/**
 * Prisma's adapter as the schema engine needs it. Three things differ from the one that the product queries through
 * (@prisma/adapter-pg 7.10):
 * - it refuses columns of type "char", of which the catalogue is full: here they are read;
 * - it cuts a script at every semicolon, be it in a comment or in a function's body, and runs the parts one by one on any
 *   connection: here a script runs whole, so a migration happens or does not;
 * - its shadow database is the given one itself when that is named by a connection string, and is dropped while still
 *   connected to: here it is a scratch database of its own.
 */
export class SchemaAdapter extends PrismaPg {
  readonly #url: string
  readonly #open: Connection[] = []

  constructor(databaseUrl: string) {
    super({ connectionString: databaseUrl, max: 2 })
    this.#url = databaseUrl
  }

  override async connect() {
    const connection = runningWholeScripts(readingChar(await super.connect()))
    this.#open.push(connection)
    return connection
  }

  /** Closes every connection: the engine leaves them open when it is freed. */
  async close(): Promise<void> {
    await Promise.all(this.#open.splice(0).map((connection) => connection.dispose()))
  }

  override async connectToShadowDb() {
    const name = `shadow_${randomUUID().replaceAll('-', '')}`
    await this.#asAdmin(`create database "${name}" template template0`)
    const { host, port, user, password } = parse(this.#url)
    const shadow = readingChar(
      await new PrismaPg({
        host: host ?? undefined,
        port: port ? Number(port) : undefined,
        user,
        password,
        database: name,
        max: 2,
      }).connect(),
    )
    runningWholeScripts(shadow)
    const dispose = shadow.dispose.bind(shadow)
    shadow.dispose = async () => {
      await dispose()
      await this.#asAdmin(`drop database if exists "${name}" with (force)`)
    }
    return shadow
  }

  async #asAdmin(sql: string): Promise<void> {
    const client = new pg.Client({ connectionString: this.#url })
    await client.connect()
    try {
      await client.query(sql)
    } finally {
      await client.end()
    }
  }
}

/** The adapter passes `rows` on untouched, so they tell which answer a list of columns belongs to. */
function readingChar(connection: Connection): Connection {
  const adapter = connection as unknown as { performIO: (query: unknown) => Promise<RawResult> }
  const performIO = adapter.performIO.bind(adapter)
  const queryRaw = connection.queryRaw.bind(connection)
  const charColumns = new WeakMap<object, number[]>()
  adapter.performIO = async (query) => {
    const result = await performIO(query)
    const fields = result.fields ?? []
    charColumns.set(
      result.rows,
      fields.flatMap((field, column) => (field.dataTypeID === CHAR_OID ? [column] : [])),
    )
    for (const field of fields) if (field.dataTypeID === CHAR_OID) field.dataTypeID = TEXT_OID
    return result
  }
  connection.queryRaw = async (query) => {
    const answer = await queryRaw(query)
    for (const column of charColumns.get(answer.rows) ?? [])
      answer.columnTypes[column] = ColumnTypeEnum.Character
    return answer
  }
  return connection
}

/** PostgreSQL runs several statements in one message as one transaction. */
function runningWholeScripts(connection: Connection): Connection {
  const pool = connection.underlyingDriver()
  const adapter = connection as unknown as { onError: (error: unknown) => never }
  connection.executeScript = async (script) => {
    await pool.query(script).catch((error: unknown) => adapter.onError(error))
  }
  return connection
}
