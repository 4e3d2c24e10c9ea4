import { apiError, type ApiError } from './errors.ts'
import { bareAddress } from './letter.ts'

/** What a key may do. `full` unless the control API says otherwise. */
export const keyKinds = ['full', 'sending', 'inactive', 'suspended', 'unscoped', 'unknown'] as const
export type KeyKind = (typeof keyKinds)[number]

/** The team whose account this is: its keys and its domains. */
export class Account {
  readonly keys = new Map<string, KeyKind>()
  /** Null: whatever domain a message is from is verified. */
  verifiedDomains: string[] | null = null

  /**
   * Whether this authorization header may do that; the error if not (api-reference/errors, and
   * api-reference/introduction, "Authentication").
   */
  refusal(authorization: string | undefined, isSending: boolean): ApiError | undefined {
    const key = /^Bearer\s+(\S+)$/i.exec(authorization ?? '')?.[1]
    if (!key) return apiError('missing_api_key')
    if (!/^re_\w+$/.test(key)) return apiError('invalid_api_key')
    switch (this.keys.get(key) ?? 'full') {
      case 'full':
        return undefined
      case 'sending':
        return isSending ? undefined : apiError('restricted_api_key')
      case 'inactive':
        return apiError('inactive_api_key')
      case 'suspended':
        return apiError('suspended_api_key')
      case 'unscoped':
        return apiError('invalid_permission')
      case 'unknown':
        return apiError('invalid_api_key')
    }
  }

  /** Mail leaves from verified domains alone (knowledge-base/403-error-domain-mismatch). */
  domainRefusal(from: string): ApiError | undefined {
    const domain = bareAddress(from)?.split('@')[1]?.toLowerCase() ?? ''
    if (this.verifiedDomains === null || this.verifiedDomains.includes(domain)) return undefined
    return apiError('domain_not_verified', `The ${domain} domain is not verified.`)
  }
}
