import { describe, expect, test } from 'vitest'
import { renderEmail } from './render.ts'
import Update from './update.tsx'

const standIns = {
  webUrl: 'https://stand-in.invalid/WEB',
  preferencesUrl: 'https://stand-in.invalid/PREFERENCES',
  unsubscribeUrl: 'https://stand-in.invalid/UNSUBSCRIBE',
}

describe('an update', () => {
  test('holds its stand-ins as they were given, so that each person’s own links can take their place', async () => {
    const { html, text } = await renderEmail(Update, { ...Update.PreviewProps, ...standIns })
    for (const standIn of Object.values(standIns)) {
      expect(html.split(standIn)).toHaveLength(2)
      expect(text.split(standIn)).toHaveLength(2)
      expect(html).toContain(`href="${standIn}"`)
    }
  })

  test('is as long for everyone, but for those links', async () => {
    const once = await renderEmail(Update, { ...Update.PreviewProps, ...standIns })
    const forOne = await renderEmail(Update, Update.PreviewProps)
    const put = (edition: string) =>
      Object.entries(standIns).reduce(
        (mail, [name, standIn]) => mail.replace(standIn, Update.PreviewProps[name as keyof typeof standIns]),
        edition,
      )
    expect(put(once.html)).toBe(forOne.html)
    expect(put(once.text)).toBe(forOne.text)
  })

  test('prints its text line by line, as it was written', async () => {
    const bodyText = 'One  two\n    three\n\n- <four> & five\n> six'
    const { text } = await renderEmail(Update, { ...Update.PreviewProps, bodyText })
    expect(text).toContain(`\n\n${bodyText}\n\n`)
  })

  test('arrives whole when it is long and not in Latin', async () => {
    const long = 'Շնորհակալություն 😀 '.repeat(600).trim()
    const { html, text } = await renderEmail(Update, {
      ...Update.PreviewProps,
      body: `<p>${long}</p>`,
      bodyText: long,
    })
    expect(html).toContain(long)
    expect(text).toContain(long)
  })

  test('is announced by its subject on one line, however that was typed', async () => {
    const { subject } = await renderEmail(Update, {
      ...Update.PreviewProps,
      subject: ' First\r\nBcc: everybody@charity.example\u2028and\u202E last ',
    })
    expect(subject).toBe('First Bcc: everybody@charity.example and last')
  })
})
