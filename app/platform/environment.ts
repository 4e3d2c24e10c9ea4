import { isIP } from 'node:net'
import { z } from 'zod'

export type Mode = 'sandbox' | 'test' | 'live'

/** The settings of one installation, checked. `.env.example` explains each variable. */
export type Environment = Readonly<{
  mode: Mode
  /** The site's address without a slash at its end. */
  appUrl: string
  host: string
  port: number
  databaseUrl: string
  dataDir: string
  /** Which process this is, for logs. */
  processName: string
  production: boolean
  logLevel: string
  sessionSecret: string
  /** Keys that encrypt stored secrets, newest first. */
  dataKeys: readonly { version: number; key: Buffer }[]
  /** Keyed hashes of addresses, postcodes and networks. Changing it orphans every suppression. */
  hashKey: string
  stripe: Readonly<{ secretKey: string; webhookSecret: string; apiBase: string | undefined }> | undefined
  resend:
    | Readonly<{
        apiKey: string
        webhookSecret: string
        baseUrl: string | undefined
        mailFrom: string
        lettersDomain: string
      }>
    | undefined
  metricsToken: string | undefined
  /** Networks (CIDR) whose X-Forwarded-For is believed. */
  trustedProxies: readonly string[]
  /** Sandbox only: the time at which the clock starts. */
  clock: Date | undefined
}>

type Variables = Record<string, string | undefined>

const secret = z.string().min(32, 'must be at least 32 characters of randomness')
const address = z.url({ protocol: /^https?$/, error: 'must be an address, such as http://127.0.0.1:12111' })
const signingSecret = z.string().regex(/^whsec_/, 'must begin with whsec_')

const schema = z.object({
  PORT: z.coerce.number('must be a number').int().min(1).max(65535).default(3000),
  HOST: z.string().default('127.0.0.1'),
  APP_URL: z
    .url({ protocol: /^https?$/, error: 'must be the address of the site, such as https://example.org' })
    .refine(
      (url) => URL.canParse(url) && new URL(url).origin === url.replace(/\/$/, ''),
      'must be an origin, without a path',
    )
    .optional(),
  DATABASE_URL: z
    .string('is missing')
    .regex(/^postgres(ql)?:\/\//, 'must begin with postgresql://')
    .refine(
      isReadableUrl,
      'cannot be read as an address: write signs such as # / ? % in its password as %23 %2F %3F %25',
    ),
  DATA_DIR: z.string().default('.data'),
  SESSION_SECRET: secret,
  DATA_KEYS: z.string('is missing').transform((text, context) => {
    const keys = text.split(',').map((part) => /^(\d+):([A-Za-z0-9+/]{43}=)$/.exec(part.trim()))
    if (keys.some((key) => key === null)) {
      context.addIssue({
        code: 'custom',
        message: 'must be VERSION:KEY, several parted by commas, each key 32 bytes in base64',
      })
      return z.NEVER
    }
    return keys
      .map((key) => ({ version: Number(key?.[1]), key: Buffer.from(key?.[2] ?? '', 'base64') }))
      .sort((a, b) => b.version - a.version)
  }),
  HASH_KEY: secret,
  STRIPE_SECRET_KEY: z
    .string()
    .regex(/^(sk|rk)_(test|live)_/, 'must be a Stripe secret key (sk_test_… or sk_live_…)')
    .optional(),
  STRIPE_WEBHOOK_SECRET: signingSecret.optional(),
  STRIPE_API_BASE: address.optional(),
  RESEND_API_KEY: z.string().regex(/^re_/, 'must be a Resend key (re_…)').optional(),
  RESEND_BASE_URL: address.optional(),
  RESEND_WEBHOOK_SECRET: signingSecret.optional(),
  MAIL_FROM: z.string().min(3).optional(),
  LETTERS_DOMAIN: z.string().min(3).optional(),
  SANDBOX_MAIL_URL: address.optional(),
  SANDBOX_MAIL_SECRET: signingSecret.optional(),
  SANDBOX_PAYMENTS_URL: address.optional(),
  SANDBOX_PAYMENTS_SECRET: signingSecret.optional(),
  METRICS_TOKEN: z.string().min(16, 'must be at least 16 characters').optional(),
  TRUSTED_PROXIES: z
    .string()
    .default('')
    .transform((text) =>
      text
        .split(',')
        .map((part) => part.trim())
        .filter(Boolean),
    )
    .refine((networks) => networks.every(isNetwork), 'must be addresses or networks, such as 10.0.0.0/8'),
  CLOCK: z.coerce.date('must be a time, such as 2026-01-31T09:00:00Z').optional(),
  LOG_LEVEL: z.enum(['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent']).default('info'),
  NODE_ENV: z.string().default('production'),
  COURAGE_PROCESS: z.string().default('process'),
})

/** What a real service needs, all of it together. */
const services = [
  'STRIPE_SECRET_KEY',
  'STRIPE_WEBHOOK_SECRET',
  'RESEND_API_KEY',
  'RESEND_WEBHOOK_SECRET',
  'MAIL_FROM',
  'LETTERS_DOMAIN',
  'APP_URL',
] as const

/**
 * Reads and checks the settings.
 * Returns `wrong` with every problem at once, each in a sentence that names the variable; never throws.
 */
export function readEnvironment(
  variables: Variables,
): { outcome: 'read'; environment: Environment } | { outcome: 'wrong'; problems: string[] } {
  // An empty line in .env (`METRICS_TOKEN=`) means "not set".
  const set = Object.fromEntries(
    Object.entries(variables).filter(([, value]) => value !== undefined && value !== ''),
  )
  const parsed = schema.safeParse(set)
  if (!parsed.success) {
    const problems = parsed.error.issues.map((issue) => `${issue.path.join('.')} ${said(issue)}`)
    // All that is missing is said at once, not in two rounds.
    const mode = modeOf(set['STRIPE_SECRET_KEY'], set['RESEND_API_KEY'])
    return {
      outcome: 'wrong',
      problems: mode === 'sandbox' ? problems : [...problems, ...missingServices(set)],
    }
  }
  const values = parsed.data
  const mode = modeOf(values.STRIPE_SECRET_KEY, values.RESEND_API_KEY)
  const appUrl = (values.APP_URL ?? `http://localhost:${values.PORT}`).replace(/\/$/, '')
  const problems =
    mode === 'sandbox' ? sandboxProblems(values, appUrl) : serviceProblems(mode, values, appUrl)
  if (values.CLOCK && mode !== 'sandbox')
    problems.push('CLOCK is for sandbox only: a real service keeps real time')
  if (problems.length > 0) return { outcome: 'wrong', problems }

  return {
    outcome: 'read',
    environment: Object.freeze({
      mode,
      appUrl,
      host: values.HOST,
      port: values.PORT,
      databaseUrl: values.DATABASE_URL,
      dataDir: values.DATA_DIR,
      processName: values.COURAGE_PROCESS,
      production: values.NODE_ENV === 'production',
      logLevel: values.LOG_LEVEL,
      sessionSecret: values.SESSION_SECRET,
      dataKeys: values.DATA_KEYS,
      hashKey: values.HASH_KEY,
      stripe: mode === 'sandbox' ? standInForStripe(values) : stripeOf(values),
      resend: mode === 'sandbox' ? standInForResend(values) : resendOf(values),
      metricsToken: values.METRICS_TOKEN,
      trustedProxies: values.TRUSTED_PROXIES,
      clock: values.CLOCK,
    }),
  }
}

type Values = z.infer<typeof schema>

function stripeOf(values: Values): Environment['stripe'] {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_WEBHOOK_SECRET: webhookSecret } = values
  if (!secretKey || !webhookSecret) return undefined
  return { secretKey, webhookSecret, apiBase: values.STRIPE_API_BASE }
}

/** In sandbox the start itself names its stand-ins, which take any key of the right form. */
function standInForStripe(values: Values): Environment['stripe'] {
  const { SANDBOX_PAYMENTS_URL: apiBase, SANDBOX_PAYMENTS_SECRET: webhookSecret } = values
  if (!apiBase || !webhookSecret) return undefined
  return { secretKey: 'sk_test_sandbox', webhookSecret, apiBase }
}

function resendOf(values: Values): Environment['resend'] {
  const { RESEND_API_KEY: apiKey, RESEND_WEBHOOK_SECRET: webhookSecret, RESEND_BASE_URL: baseUrl } = values
  const { MAIL_FROM: mailFrom, LETTERS_DOMAIN: lettersDomain } = values
  if (!apiKey || !webhookSecret || !mailFrom || !lettersDomain) return undefined
  return { apiKey, webhookSecret, baseUrl, mailFrom, lettersDomain }
}

/** Its addresses are those that can never be anybody's (RFC 2606). */
function standInForResend(values: Values): Environment['resend'] {
  if (!values.SANDBOX_MAIL_URL || !values.SANDBOX_MAIL_SECRET) return undefined
  return {
    apiKey: 're_sandbox',
    webhookSecret: values.SANDBOX_MAIL_SECRET,
    baseUrl: values.SANDBOX_MAIL_URL,
    mailFrom: 'updates@charity.example',
    lettersDomain: 'letters.charity.example',
  }
}

/** No keys: sandbox. A Stripe test key: test. Anything else is meant to be live. */
function modeOf(stripeKey: string | undefined, resendKey: string | undefined): Mode {
  if (!stripeKey && !resendKey) return 'sandbox'
  return stripeKey && /_test_/.test(stripeKey) ? 'test' : 'live'
}

/** True for the names by which a machine reaches itself; `hostname` is a URL's, which writes numbers in one way. */
export function isLoopback(hostname: string): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname)
}

function sandboxProblems(values: Values, appUrl: string): string[] {
  // Whoever set one of these meant a real service: a sandbox would take their visitors' gifts and letters for play.
  const half = services.filter((name) => name !== 'APP_URL' && values[name])
  if (half.length > 0) {
    return [
      `${half.join(', ')} ${half.length > 1 ? 'are' : 'is'} set without STRIPE_SECRET_KEY and RESEND_API_KEY: ` +
        'set the keys too, or leave all of them out for a sandbox',
    ]
  }
  const { HOST: host } = values
  const addresses = {
    APP_URL: { value: appUrl, hostname: new URL(appUrl).hostname },
    // Its mailbox lies open, with everybody's private links in it.
    HOST: { value: host, hostname: isIP(host) === 6 ? `[${host}]` : host },
  }
  return Object.entries(addresses)
    .filter(([, { hostname }]) => !isLoopback(hostname))
    .map(
      ([name, { value }]) =>
        `${name} is ${value}, but without keys this is a sandbox, and a sandbox is served on this machine only: ` +
        `set the keys of Stripe and Resend, or leave ${name} out`,
    )
}

function serviceProblems(mode: Mode, values: Values, appUrl: string): string[] {
  const problems = missingServices(values)
  if (mode === 'live' && !appUrl.startsWith('https://'))
    problems.push('APP_URL must begin with https:// when money is real')
  return problems
}

function missingServices(values: Partial<Record<(typeof services)[number], unknown>>): string[] {
  return services
    .filter((name) => !values[name])
    .map(
      (name) =>
        `${name} is missing: with keys of Stripe or Resend set, ${services.join(', ')} are all needed`,
    )
}

/** As pg reads it: `postgresql:///courage?host=/run/postgresql` names no host. */
function isReadableUrl(text: string): boolean {
  if (!URL.canParse(text, 'postgresql://base')) return false
  const { username, password, pathname } = new URL(text, 'postgresql://base')
  try {
    decodeURIComponent(username + password + pathname)
    return true
  } catch {
    return false
  }
}

function isNetwork(text: string): boolean {
  const [address = '', bits, ...more] = text.split('/')
  const version = isIP(address)
  if (version === 0 || more.length > 0) return false
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (version === 4 ? 32 : 128))
}

function said(issue: z.core.$ZodIssue): string {
  return issue.code === 'invalid_type' && /received undefined/.test(issue.message)
    ? 'is missing'
    : issue.message
}
