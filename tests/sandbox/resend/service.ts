import { Resend } from 'resend'
import { afterAll, beforeAll, test } from 'vitest'
import { startStandIn, type Running } from './server.ts'

/** With a test key the contract is put to the real service; without one, to the stand-in. */
const realKey = process.env['RESEND_TEST_KEY']
export const isReal = realKey !== undefined && realKey !== ''

/** A key of the stand-in's, which takes every key of that form. */
const STAND_IN_KEY = 're_stand_in'

/** Who the contract's mail is from. The real service asks for a domain of one's own, or its test sender. */
export const from = process.env['RESEND_TEST_FROM'] ?? 'Courage <onboarding@resend.dev>'

/** A rule that only the stand-in can be made to show: chance, time, limits, and what goes wrong on the way. */
export const testInStandIn = test.skipIf(isReal)

/** The service under test, for one file. */
export type Service = {
  readonly url: string
  readonly key: string
  readonly resend: Resend
  /** Asks with nothing but what is given: no SDK between. */
  ask: (route: string, options?: { body?: unknown; headers?: Record<string, string> }) => Promise<Asked>
  /** The control API. Throws when it refuses. */
  control: (route: string, body?: unknown) => Promise<Told>
  readonly running: Running
}

export type Asked = { status: number; headers: Headers; body: Told }

/** What an answer may hold of what tests look at. */
export type Told = {
  id?: string
  name?: string
  subject?: string
  last_event?: string
  email?: string
  total?: number
  sent?: number
  busy?: boolean
  has_more?: boolean
  data?: Told[]
  event?: { type: string; data: Record<string, unknown> }
  attempts?: number
  state?: string
}

/** Starts the stand-in for the tests of a file, or looks to the real service. */
export function useService(): Service {
  let running: Running | undefined
  const url = () => (isReal ? 'https://api.resend.com' : (running?.url ?? ''))
  const key = realKey || STAND_IN_KEY

  beforeAll(async () => {
    if (!isReal) running = await startStandIn({ port: 0 })
  })
  afterAll(async () => {
    await running?.close()
  })

  return {
    get url() {
      return url()
    },
    key,
    get resend() {
      return new Resend(key, { baseUrl: url() })
    },
    ask: async (route, { body, headers = {} } = {}) => {
      const [method = '', path = ''] = route.split(' ')
      // The real service takes ten requests a second from the whole team.
      if (isReal) await new Promise((resolve) => setTimeout(resolve, 250))
      const answer = await fetch(url() + path, {
        method,
        headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', ...headers },
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
      })
      const text = await answer.text()
      return { status: answer.status, headers: answer.headers, body: parsed(text) as Told }
    },
    control: async (route, body) => {
      const [method = '', path = ''] = route.split(' ')
      const answer = await fetch(`${running?.url}/_control/${path}`, {
        method,
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      })
      const told = (await answer.json()) as Told
      if (!answer.ok) throw new Error(`The control API refused ${route}: ${JSON.stringify(told)}`)
      return told
    },
    get running() {
      if (!running) throw new Error('Only the stand-in runs here')
      return running
    },
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return text
  }
}

let letters = 0

/** A message that nobody is hurt by: to the test address, with a label of its own. */
export function aLetter(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    from,
    to: [`delivered+letter${++letters}@resend.dev`],
    subject: 'A letter',
    html: '<p>Good morning. <a href="https://charity.org/stop?a=1&amp;b=2">Stop</a></p>',
    text: 'Good morning. Stop: https://charity.org/stop?a=1&b=2.',
    ...changes,
  }
}
