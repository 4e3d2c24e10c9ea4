import { readSandboxService } from './sandbox-services.mjs'

/**
 * A service of others that a sandbox only pretends to have: a program of ours on loopback, kept running like the rest.
 *
 * @typedef {object} StandIn
 * @property {string} name how people are told of it
 * @property {import('./programs.mjs').Program} program
 * @property {import('./sandbox-services.mjs').SandboxService} service
 * @property {string} webhook the site's address that hears its news
 * @property {boolean} keepsSiteTime its time is the site's, which CLOCK may set; otherwise the machine's
 */

/** @type {readonly StandIn[]} */
export const standIns = [
  {
    name: 'The stand-in for Resend',
    program: 'stand-in-resend',
    service: 'mail',
    webhook: '/webhooks/resend',
    keepsSiteTime: false,
  },
  {
    name: 'The stand-in for Stripe',
    program: 'stand-in-stripe',
    service: 'payments',
    webhook: '/webhooks/stripe',
    keepsSiteTime: true,
  },
]

/**
 * It keeps what it has taken in DATA_DIR, over its own end and ours, hears of CLOCK if its time is the site's, and tells the site directly, past any proxy: a
 * sandbox is on this machine.
 *
 * @param {import('./settings.mjs').Settings} settings
 * @param {StandIn} standIn
 * @returns {Record<string, string>}
 */
export function standInVariables({ dataDir, host, port }, { service, webhook, keepsSiteTime }) {
  const { url, secret } = readSandboxService(dataDir, service)
  return {
    HOST: '127.0.0.1',
    PORT: new URL(url).port,
    DATA_DIR: dataDir,
    STAND_IN_WEBHOOK: `http://${host.includes(':') ? `[${host}]` : host}:${port}${webhook}`,
    STAND_IN_SECRET: secret,
    ...(keepsSiteTime ? {} : { CLOCK: '' }),
  }
}
