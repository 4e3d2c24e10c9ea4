import { readSandboxMail } from './sandbox-mail.mjs'

/**
 * A service of others that a sandbox only pretends to have: a program of ours on loopback, kept running like the rest.
 *
 * @typedef {object} StandIn
 * @property {string} name how people are told of it
 * @property {import('./programs.mjs').Program} program
 * @property {(settings: import('./settings.mjs').Settings) => Record<string, string>} environment
 */

/**
 * It keeps what it has taken in DATA_DIR, over its own end and ours, and tells the site directly, past any proxy: a
 * sandbox is on this machine.
 *
 * @type {StandIn}
 */
const resend = {
  name: 'The stand-in for Resend',
  program: 'stand-in-resend',
  environment: ({ dataDir, host, port }) => {
    const { url, secret } = readSandboxMail(dataDir)
    return {
      HOST: '127.0.0.1',
      PORT: new URL(url).port,
      DATA_DIR: dataDir,
      STAND_IN_WEBHOOK: `http://${host.includes(':') ? `[${host}]` : host}:${port}/webhooks/resend`,
      STAND_IN_SECRET: secret,
    }
  },
}

/** @type {readonly StandIn[]} */
export const standIns = [resend]
