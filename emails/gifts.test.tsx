import { describe, expect, test } from 'vitest'
import { markUp, readable } from '#tests/support/mail-reader.ts'
import type { Email } from './email.ts'
import GiftNotReceived from './gift-not-received.tsx'
import GiftOnItsWay from './gift-on-its-way.tsx'
import GiftReceipt from './gift-receipt.tsx'
import GiftReturned from './gift-returned.tsx'
import { renderEmail } from './render.ts'

/** The words of both editions, each on one line; without the line that mail programs show beside the subject. */
async function bothEditions<Props extends object>(email: Email<Props>, changes: Partial<Props> = {}) {
  const { html, text } = await renderEmail(email, { ...email.PreviewProps, ...changes })
  return [readable(html.replace(/<div style="display:none.*?<\/div>/s, '')), text.replace(/\s+/g, ' ')]
}

async function linksOf<Props extends object>(email: Email<Props>) {
  const { html } = await renderEmail(email, email.PreviewProps)
  return new Set(markUp(html).flatMap(({ attributes }) => attributes['href'] ?? []))
}

const { siteUrl, contactUrl } = GiftReceipt.PreviewProps.charity

describe('Ani, who gave once', () => {
  test('reads in her receipt what arrived, when, from whom, for what, and by which reference to ask', async () => {
    const { text } = await renderEmail(GiftReceipt, GiftReceipt.PreviewProps)
    expect(text).toContain(
      [
        'Amount: £25.00',
        'From: Ani',
        'To: The Example Charity',
        'For: the work of Example Partner',
        'How often: once',
        'Received on: 25 November 2026',
        'Reference: G-7K3M9XQ2',
      ].join('\n'),
    )
    for (const edition of await bothEditions(GiftReceipt)) {
      expect(edition).toContain('Thank you, Ani')
      expect(edition).toContain(
        'has received your gift of £25.00. This mail is your receipt: please keep it.',
      )
      expect(edition).toContain('Nothing more will be taken.')
      expect(edition).toContain('tell a person at Example Charity')
    }
  })

  test('hears each figure of the page with its label', async () => {
    const { html } = await renderEmail(GiftReceipt, GiftReceipt.PreviewProps)
    const tags = markUp(html.slice(html.indexOf('<h1'))).map(({ tag, attributes }) =>
      tag === 'th' ? `th ${attributes['scope']}` : tag,
    )
    expect(tags.filter((tag) => tag === 'th row')).toHaveLength(7)
    expect(tags.filter((tag) => tag === 'td')).toHaveLength(7 + 1)
    expect(readable(html)).toContain('Amount £25.00 From Ani')
  })

  test('is told that her gift is kept apart only if she gave to a partner', async () => {
    for (const edition of await bothEditions(GiftReceipt)) {
      expect(edition).toContain('In our books, your gift is kept apart for that work.')
    }
    const mostNeeded = { purpose: 'where it is most needed', forPartner: false }
    for (const edition of await bothEditions(GiftReceipt, mostNeeded)) {
      expect(edition).toContain('to the part of our work that needs it most')
      expect(edition).not.toContain('kept apart')
    }
  })

  test('is promised nothing about tax', async () => {
    for (const edition of (await bothEditions(GiftReceipt)).concat(await bothEditions(GiftReturned))) {
      expect(edition).not.toMatch(/\btax|gift aid|deduct|reclaim/i)
    }
  })

  test('finds no link in her receipt but to the charity: nothing there acts', async () => {
    const charity = new Set([siteUrl, contactUrl])
    for (const links of [
      await linksOf(GiftReceipt),
      await linksOf(GiftOnItsWay),
      await linksOf(GiftReturned),
    ]) {
      expect(links).toEqual(charity)
    }
  })
})

describe('Ani, who pays from her bank account', () => {
  test('is not told that her gift has arrived before it has', async () => {
    const { subject } = await renderEmail(GiftOnItsWay, GiftOnItsWay.PreviewProps)
    expect(subject).toBe('Your gift of £25.00 to Example Charity is on its way')
    for (const edition of await bothEditions(GiftOnItsWay)) {
      expect(edition).toContain('Example Charity has not received it yet.')
      expect(edition).toContain('seven working days')
      expect(edition).toContain('When your gift arrives, we send you a receipt; this mail is not one.')
      expect(edition).not.toMatch(/has received|Received on/)
    }
  })

  test('learns that it failed, that nothing was taken, who knows why, and where to try again', async () => {
    for (const edition of await bothEditions(GiftNotReceived)) {
      expect(edition).toContain('Your gift did not arrive')
      expect(edition).toContain('nothing was taken')
      expect(edition).toContain('your bank or card issuer can tell you which it was')
      expect(edition).toContain('If you would rather not, do nothing.')
    }
    const { giveAgainHref } = GiftNotReceived.PreviewProps
    expect(await linksOf(GiftNotReceived)).toEqual(new Set([siteUrl, contactUrl, giveAgainHref]))
  })
})

describe('Ani, whose gift goes back', () => {
  test('reads how much of it, of which gift, by which way and when', async () => {
    const { subject } = await renderEmail(GiftReturned, GiftReturned.PreviewProps)
    expect(subject).toBe('Example Charity is returning £10.00 to you')
    for (const edition of await bothEditions(GiftReturned)) {
      expect(edition).toContain('That is a part of your gift of £25.00.')
      expect(edition).toMatch(/Reference:? G-7K3M9XQ2/)
      expect(edition).toMatch(/Received on:? 25 November 2026/)
      expect(edition).toContain('to the same card or account')
      expect(edition).toContain('5 to 10 working days')
      expect(edition).toContain('your statement may no longer show the payment at all')
      expect(edition).toContain('tell a person at Example Charity')
    }
  })

  test('reads that it is the whole when it is', async () => {
    for (const edition of await bothEditions(GiftReturned, { amount: '£25.00' })) {
      expect(edition).toContain('That is the whole of your gift.')
      expect(edition).not.toContain('a part of')
    }
  })
})
