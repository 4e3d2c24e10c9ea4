import path from 'node:path'

/** The folder that package.json stands in. */
export const projectRoot = path.resolve(import.meta.dirname, '../..')

/** A sandbox's settings, the same for every test. The secrets are no secret and fit no other installation. */
export const testSettings = {
  NODE_ENV: 'test' as const,
  HOST: '127.0.0.1',
  PORT: '3000',
  APP_URL: 'http://localhost:3000',
  SESSION_SECRET: 'a session secret that only tests know',
  HASH_KEY: 'a hash key that is known to tests only',
  DATA_KEYS: `1:${Buffer.alloc(32, 'tests').toString('base64')}`,
  LOG_LEVEL: 'info',
  TZ: 'UTC',
}

/** With these beside them, a test installation: keys of the services' test side. They fit nothing. */
export const serviceSettings = {
  STRIPE_SECRET_KEY: 'sk_test_nothing',
  STRIPE_WEBHOOK_SECRET: 'whsec_nothing',
  RESEND_API_KEY: 're_nothing',
  RESEND_WEBHOOK_SECRET: 'whsec_nothing',
  MAIL_FROM: 'Charity <news@charity.example>',
  LETTERS_DOMAIN: 'letters.charity.example',
}

/**
 * The whole environment of a process that a test starts: the tests' settings, `changes`, and of this process's own
 * environment only what Node needs to run. A key in somebody's shell never reaches a test.
 */
export function withSettings(changes: Record<string, string>): NodeJS.ProcessEnv {
  const machine = ['PATH', 'Path', 'HOME', 'SystemRoot', 'TEMP', 'TMP', 'TMPDIR', 'NODE_EXTRA_CA_CERTS']
  const kept = machine.flatMap((name) => {
    const value = process.env[name]
    return value === undefined ? [] : [[name, value] as const]
  })
  return { ...Object.fromEntries(kept), ...testSettings, ...changes }
}
