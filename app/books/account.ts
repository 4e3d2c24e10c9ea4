/**
 * The accounts. A debit is positive and a credit negative, everywhere: what we have and what it cost are positive, what
 * came in and what we owe are negative.
 */
export const accounts = [
  'stripe:balance',
  'stripe:in_transit',
  'bank',
  'income',
  'fees:stripe',
  'fees:dispute',
  'partner:payable',
  'exchange',
  'suspense',
] as const

export type Account = (typeof accounts)[number]

/** The accounts that are kept by fund. A fund's balance is what stands on them, with its sign turned. */
export const fundAccounts = ['income', 'partner:payable'] as const satisfies Account[]

export type FundAccount = (typeof fundAccounts)[number]

export function isFundAccount(account: Account): account is FundAccount {
  return fundAccounts.some((each) => each === account)
}

export function isAccount(name: string): name is Account {
  return accounts.some((each) => each === name)
}
