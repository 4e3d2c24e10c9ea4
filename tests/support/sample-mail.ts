import type { PostOffice } from './post-office.ts'

/** A mail with something of everything. */
export const sample = {
  from: 'Someone <someone@letters.charity.example>',
  to: ['nare@example.org'],
  subject: 'A mail to look at',
  html: `<!doctype html>
<html lang="en-GB"><head><title>A mail to look at</title><style>body { font-family: sans-serif; padding: 24px }</style></head>
<body>
  <h1>Good morning, Nare</h1>
  <p style="color: #333">This mail has a <a href="/privacy">link to a page of this site</a> and a table that is wide.</p>
  <table role="presentation" width="900" style="background: #eee"><tr><td>Nine hundred pixels</td></tr></table>
</body></html>`,
  text: 'Good morning, Nare\n\nThis mail has a link: https://charity.example/updates/2026-11.\n',
  headers: {
    'List-Unsubscribe': '<https://charity.example/unsubscribe/TOKEN>',
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  },
  tags: [{ name: 'kind', value: 'sample' }],
  attachments: [
    {
      filename: 'programme.txt',
      content_type: 'text/plain',
      content: Buffer.from('Ten o’clock: tea.').toString('base64'),
    },
  ],
}

/** A mail that would like to do things. */
export const pushy = {
  ...sample,
  to: ['anna@example.org'],
  subject: 'A mail that wants something',
  html: `<!doctype html>
<html lang="en-GB"><head><title>Pushy</title><meta http-equiv="refresh" content="0; url=https://tracker.example/refresh"></head>
<body>
  <p id="touched">untouched</p>
  <img src="https://tracker.example/pixel.gif" alt="">
  <iframe src="https://tracker.example/frame" title="A frame"></iframe>
  <script>document.getElementById('touched').textContent = 'touched'; top.location = 'https://tracker.example/'</script>
</body></html>`,
}

/** Sends both past the product, the harmless one last. */
export async function sendSamples({ url }: Pick<PostOffice, 'url'>): Promise<void> {
  for (const mail of [pushy, sample]) {
    const answer = await fetch(`${url}/emails`, {
      method: 'POST',
      headers: { authorization: 'Bearer re_sandbox' },
      body: JSON.stringify(mail),
    })
    if (!answer.ok) throw new Error(`The stand-in refused a sample: ${await answer.text()}`)
  }
}
