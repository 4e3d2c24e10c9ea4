import type { ReactElement } from 'react'

/** What every mail says of the charity that sends it, ready to print: emails/ looks nothing up. */
export type MailCharity = {
  name: string
  legalName: string
  /** Each line as the law asks for it. */
  legalLines: string[]
  /** One line per line; empty while it is not known. */
  postalAddress: string[]
  siteUrl: string
  contactUrl: string
  /** Accent colours of the light and the dark scheme, #rrggbb. */
  accentLight: string
  accentDark: string
  /** Said above everything in mail from a site that is not live. */
  testNotice: string | undefined
}

/** A mail: a component, the line it is announced by, and data to look at it with. */
export type Email<Props extends object> = {
  (props: Props): ReactElement
  subject(props: Props): string
  /** Invented by nobody: no real person, no endorsement, addresses that can never be anybody's. */
  PreviewProps: Props
}
