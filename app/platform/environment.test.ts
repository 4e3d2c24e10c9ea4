import { describe, expect, test } from 'vitest'
import { readEnvironment } from './environment.ts'

const secrets = {
  DATABASE_URL: 'postgresql://courage@localhost/courage',
  SESSION_SECRET: 's'.repeat(32),
  DATA_KEYS: `1:${Buffer.alloc(32, 1).toString('base64')}`,
  HASH_KEY: 'h'.repeat(32),
}

const services = {
  APP_URL: 'https://charity.example',
  STRIPE_SECRET_KEY: 'sk_live_abc',
  STRIPE_WEBHOOK_SECRET: 'whsec_abc',
  RESEND_API_KEY: 're_abc',
  RESEND_WEBHOOK_SECRET: 'whsec_def',
  MAIL_FROM: 'Charity <news@charity.example>',
  LETTERS_DOMAIN: 'letters.charity.example',
}

function problemsOf(variables: Record<string, string>): string[] {
  const result = readEnvironment(variables)
  return result.outcome === 'wrong' ? result.problems : []
}

function environmentOf(variables: Record<string, string>) {
  const result = readEnvironment(variables)
  if (result.outcome === 'wrong') throw new Error(result.problems.join('\n'))
  return result.environment
}

describe('the mode', () => {
  test('without any key an operator has a sandbox on this machine', () => {
    const environment = environmentOf(secrets)
    expect(environment.mode).toBe('sandbox')
    expect(environment.appUrl).toBe('http://localhost:3000')
    expect(environment.host).toBe('127.0.0.1')
  })

  test('a Stripe test key makes a test installation, a live key a live one', () => {
    expect(environmentOf({ ...secrets, ...services, STRIPE_SECRET_KEY: 'sk_test_abc' }).mode).toBe('test')
    expect(environmentOf({ ...secrets, ...services }).mode).toBe('live')
  })

  test.each([
    'https://charity.example',
    'http://192.168.1.5:3000',
    'http://localhost.evil.example',
    'http://127.evil.example',
  ])('a sandbox is not served to others at %s', (APP_URL) => {
    expect(problemsOf({ ...secrets, APP_URL })).toEqual([
      expect.stringContaining('a sandbox is served on this machine only'),
    ])
  })

  test.each(['0.0.0.0', '::', '192.168.1.5', 'courage.example'])(
    'a sandbox does not listen to others on %s: its mailbox is open to whoever reaches it',
    (HOST) => {
      expect(problemsOf({ ...secrets, HOST })).toEqual([
        `HOST is ${HOST}, but without keys this is a sandbox, and a sandbox is served on this machine only: ` +
          'set the keys of Stripe and Resend, or leave HOST out',
      ])
      expect(problemsOf({ ...secrets, ...services, HOST })).toEqual([])
    },
  )

  test.each(['127.0.0.1', 'localhost', '::1'])('a sandbox listens to this machine on %s', (HOST) => {
    expect(environmentOf({ ...secrets, HOST }).host).toBe(HOST)
  })

  test.each(['http://localhost:4000', 'http://127.0.0.1:3000', 'http://[::1]:3000'])(
    'a sandbox is at home at %s',
    (APP_URL) => {
      expect(environmentOf({ ...secrets, APP_URL }).appUrl).toBe(APP_URL)
    },
  )
})

describe('where money and mail go', () => {
  const standIns = {
    SANDBOX_PAYMENTS_URL: 'http://127.0.0.1:20001',
    SANDBOX_PAYMENTS_SECRET: 'whsec_payments',
    SANDBOX_MAIL_URL: 'http://127.0.0.1:20002',
    SANDBOX_MAIL_SECRET: 'whsec_mail',
  }

  test('in a sandbox is the stand-ins that its start has named', () => {
    const { stripe, resend } = environmentOf({ ...secrets, ...standIns })
    expect(stripe).toEqual({
      secretKey: 'sk_test_sandbox',
      webhookSecret: 'whsec_payments',
      apiBase: 'http://127.0.0.1:20001',
    })
    expect(resend).toMatchObject({ webhookSecret: 'whsec_mail', baseUrl: 'http://127.0.0.1:20002' })
  })

  test('in a sandbox is nowhere else: a server of another name is not given a sandbox’s gifts', () => {
    const { stripe } = environmentOf({ ...secrets, STRIPE_API_BASE: 'http://127.0.0.1:12111' })
    expect(stripe).toBeUndefined()
  })

  test('in a real installation is Stripe and Resend, and never a stand-in', () => {
    const { stripe, resend } = environmentOf({ ...secrets, ...services, ...standIns })
    expect(stripe).toEqual({
      secretKey: services.STRIPE_SECRET_KEY,
      webhookSecret: services.STRIPE_WEBHOOK_SECRET,
      apiBase: undefined,
    })
    expect(resend).toMatchObject({ apiKey: services.RESEND_API_KEY, baseUrl: undefined })
  })

  test('is another server that speaks as they do, when an operator names one', () => {
    const others = { STRIPE_API_BASE: 'http://127.0.0.1:12111', RESEND_BASE_URL: 'http://127.0.0.1:12112' }
    const { stripe, resend } = environmentOf({ ...secrets, ...services, ...others })
    expect(stripe?.apiBase).toBe(others.STRIPE_API_BASE)
    expect(resend?.baseUrl).toBe(others.RESEND_BASE_URL)
  })
})

describe('an operator who makes a mistake', () => {
  test('with half of the services configured is told everything that is missing, at once', () => {
    const problems = problemsOf({ ...secrets, STRIPE_SECRET_KEY: 'sk_live_abc' })
    for (const name of [
      'STRIPE_WEBHOOK_SECRET',
      'RESEND_API_KEY',
      'RESEND_WEBHOOK_SECRET',
      'MAIL_FROM',
      'LETTERS_DOMAIN',
      'APP_URL',
    ]) {
      expect(problems).toContainEqual(expect.stringMatching(new RegExp(`^${name} is missing`)))
    }
  })

  test.each(['STRIPE_WEBHOOK_SECRET', 'RESEND_WEBHOOK_SECRET', 'MAIL_FROM', 'LETTERS_DOMAIN'] as const)(
    'who forgot the keys beside %s does not get a sandbox unawares',
    (name) => {
      expect(problemsOf({ ...secrets, [name]: services[name] })).toEqual([
        `${name} is set without STRIPE_SECRET_KEY and RESEND_API_KEY: ` +
          'set the keys too, or leave all of them out for a sandbox',
      ])
    },
  )

  test('with no secrets is told which', () => {
    expect(problemsOf({})).toEqual([
      'DATABASE_URL is missing',
      'SESSION_SECRET is missing',
      'DATA_KEYS is missing',
      'HASH_KEY is missing',
    ])
  })

  test('with a password for a secret is told that it is too short', () => {
    expect(problemsOf({ ...secrets, SESSION_SECRET: 'hunter2' })).toEqual([
      'SESSION_SECRET must be at least 32 characters of randomness',
    ])
  })

  test('with a broken key list is told its form, and the keys are not repeated', () => {
    const [problem] = problemsOf({ ...secrets, DATA_KEYS: 'my-secret-key' })
    expect(problem).toMatch(/^DATA_KEYS must be VERSION:KEY/)
    expect(problem).not.toContain('my-secret-key')
  })

  test('with money over plain http is refused', () => {
    expect(problemsOf({ ...secrets, ...services, APP_URL: 'http://charity.example' })).toEqual([
      'APP_URL must begin with https:// when money is real',
    ])
  })

  test('with a set clock on a real service is refused', () => {
    expect(problemsOf({ ...secrets, ...services, CLOCK: '2026-01-31T09:00:00Z' })).toEqual([
      'CLOCK is for sandbox only: a real service keeps real time',
    ])
  })

  test.each(['localhost:12111', '127.0.0.1:12111', 'unix:/run/stripe'])(
    'who names %s for Stripe’s server is told how an address looks',
    (STRIPE_API_BASE) => {
      expect(problemsOf({ ...secrets, ...services, STRIPE_API_BASE })).toEqual([
        'STRIPE_API_BASE must be an address, such as http://127.0.0.1:12111',
      ])
    },
  )

  test('with a path in APP_URL is told to give the origin', () => {
    expect(problemsOf({ ...secrets, APP_URL: 'http://localhost:3000/site' })).toEqual([
      'APP_URL must be an origin, without a path',
    ])
  })
})

test('an empty line in .env counts as not set', () => {
  expect(environmentOf({ ...secrets, STRIPE_SECRET_KEY: '', METRICS_TOKEN: '', APP_URL: '' }).mode).toBe(
    'sandbox',
  )
})

test('the newest data key comes first, so that new secrets are encrypted with it', () => {
  const [one, two] = [1, 2].map((byte) => Buffer.alloc(32, byte).toString('base64'))
  const { dataKeys } = environmentOf({ ...secrets, DATA_KEYS: `1:${one},2:${two}` })
  expect(dataKeys.map((key) => key.version)).toEqual([2, 1])
})

describe('one look at what it says is enough to mend it:', () => {
  test('half a configuration lists the secrets and the services that are missing, together', () => {
    const { DATABASE_URL } = secrets
    const problems = problemsOf({ DATABASE_URL, STRIPE_SECRET_KEY: 'sk_test_abc' }).join('\n')
    for (const name of ['SESSION_SECRET', 'HASH_KEY', 'STRIPE_WEBHOOK_SECRET', 'RESEND_API_KEY', 'APP_URL'])
      expect(problems).toContain(`${name} is missing`)
  })

  test.each(['postgresql://u:p#ss@h/db', 'postgresql://u:p/ss@h/db', 'postgresql://u:p%ss@h/db'])(
    'a password with signs of its own in %s is not repeated, and how to write it is said',
    (DATABASE_URL) => {
      const [problem = ''] = problemsOf({ ...secrets, DATABASE_URL })
      expect(problem).toMatch(/^DATABASE_URL cannot be read as an address.*%23/)
      expect(problem).not.toContain('ss@')
    },
  )

  test.each([
    'postgresql:///courage?host=/run/postgresql',
    'postgresql://courage@localhost/courage?host=%2Ftmp%2Fa',
    'postgresql://u:p%23ss@db.example:5433/charity?sslmode=require',
  ])('an address as PostgreSQL writes it is taken: %s', (DATABASE_URL) => {
    expect(problemsOf({ ...secrets, DATABASE_URL })).toEqual([])
  })

  test.each(['banana', '10.0.0.0/33', '10.0.0.0/8/8', 'fe80::/129'])(
    '%s is no network',
    (TRUSTED_PROXIES) => {
      expect(problemsOf({ ...secrets, TRUSTED_PROXIES })).toEqual([
        expect.stringContaining('TRUSTED_PROXIES must be addresses or networks'),
      ])
    },
  )

  test('networks of proxies are taken', () => {
    expect(environmentOf({ ...secrets, TRUSTED_PROXIES: '10.0.0.0/8, ::1' }).trustedProxies).toEqual([
      '10.0.0.0/8',
      '::1',
    ])
  })
})
