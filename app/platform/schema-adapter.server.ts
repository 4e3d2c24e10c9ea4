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
  #firstError: unknown

  constructor(databaseUrl: string) {
    // One connection, kept: a transaction that is begun on it holds all that the engine does.
    super({ connectionString: databaseUrl, max: 1, idleTimeoutMillis: 0 })
    this.#url = databaseUrl
  }

  override async connect() {
    const connection = runningWholeScripts(readingChar(await super.connect()), (error) => {
      this.#firstError ??= error
    })
    this.#open.push(connection)
    return connection
  }

  /**
   * Does what the engine does in `work` wholly or not at all, its own notes included: a process that is killed in the
   * middle leaves the database as it was. The error is the database's first: after it PostgreSQL only repeats that the
   * transaction has failed.
   */
  async inOneTransaction<Result>(work: () => Promise<Result>): Promise<Result> {
    const pools = this.#open.map((connection) => connection.underlyingDriver())
    const all = (statement: string) => Promise.all(pools.map((pool) => pool.query(statement)))
    this.#firstError = undefined
    await all('begin')
    try {
      const result = await work()
      await all('commit')
      return result
    } catch (error) {
      await all('rollback').catch(() => undefined)
      throw this.#firstError ?? error
    }
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
function runningWholeScripts(connection: Connection, onFailure?: (error: unknown) => void): Connection {
  const pool = connection.underlyingDriver()
  const adapter = connection as unknown as { onError: (error: unknown) => never }
  connection.executeScript = async (script) => {
    await pool.query(script).catch((error: unknown) => {
      onFailure?.(error)
      return adapter.onError(error)
    })
  }
  return connection
}
