import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { answerTo } from './preview-pages.tsx'

// `npm run emails`: every mail with the data it brings to be looked at. PORT names another port. On this machine alone.

const server = createServer((request, response) => {
  void answerTo(new URL(request.url ?? '/', 'http://preview'))
    .then(({ status, type, body }) =>
      response
        .writeHead(status, {
          'content-type': `${type}; charset=utf-8`,
          // A mail that fetches something shows a gap here.
          'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-src 'self'",
          'cache-control': 'no-store',
        })
        .end(body),
    )
    .catch((error: unknown) => {
      process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`)
      response.writeHead(500, { 'content-type': 'text/plain' }).end(String(error))
    })
})

const port = Number(process.env['PORT'] ?? 3002)
server.once('error', (error) => {
  process.stderr.write(`No page on port ${port} (${error.message}). PORT=… npm run emails takes another.\n`)
  process.exitCode = 1
})
server.listen(port, '127.0.0.1', () => {
  process.stdout.write(`mails to look at: http://localhost:${(server.address() as AddressInfo).port}\n`)
})
