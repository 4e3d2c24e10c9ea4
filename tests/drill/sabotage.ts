import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from '../support/settings.ts'

/** A line of the product, and what the saboteur puts in its place. */
type Change = { file: string; line: string; by: string }

/**
 * What keeps mail from being lost or sent twice, taken out one at a time: a drill that does not notice proves nothing.
 * The product knows nothing of this. The worker is built once more from its sources, and these lines are changed on the
 * way; a line that is no longer there fails the build, so that no sabotage quietly becomes none.
 */
export const sabotages = {
  /** The provider cannot tell that a request is the same as before. */
  'no-key': [
    {
      file: 'app/platform/post.server.ts',
      line: 'idempotencyKey: key,',
      by: 'idempotencyKey: `${key}/${Math.random()}`,',
    },
  ],
  /** Nobody sees that another sender lives, and takes over what it is asking. */
  'no-lock': [
    {
      file: 'app/mail/claim.server.ts',
      line: `where locktype = 'advisory' and`,
      by: `where false and locktype = 'advisory' and`,
    },
    { file: 'app/mail/claim.server.ts', line: 'for update skip locked', by: '' },
  ],
  /** The request leaves before it is on record that it did. */
  'send-first': [
    {
      file: 'app/mail/claim.server.ts',
      line: `  return {
    outcome: 'claimed',`,
      by: `  const { post } = await import('#app/platform/post.server.ts')
  const { thaw } = await import('#app/mail/frozen.server.ts')
  const answer = await post(call.endpoint as '/emails', await thaw(left.body), left.key)
  return {
    answer,
    outcome: 'claimed',`,
    },
    {
      file: 'app/mail/send.server.ts',
      line: 'await post(claimed.endpoint, body, claimed.key)',
      by: 'claimed.answer',
    },
  ],
} satisfies Record<string, Change[]>

export type Sabotage = keyof typeof sabotages

/** Builds the sabotaged worker beside the real one. Returns its name in build/. */
export async function buildWorker(sabotage: Sabotage): Promise<string> {
  const name = `worker-${sabotage}`
  const changes: Change[] = sabotages[sabotage]
  const left = new Set(changes)
  await build({
    absWorkingDir: projectRoot,
    entryPoints: { [name]: 'app/worker.ts' },
    outdir: 'build',
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20.19',
    packages: 'external',
    logLevel: 'silent',
    plugins: [
      {
        name,
        setup: (bundler) =>
          bundler.onLoad({ filter: /\.server\.ts$/ }, async ({ path: file }) => {
            let contents = await readFile(file, 'utf8')
            for (const change of changes.filter((each) => path.join(projectRoot, each.file) === file)) {
              if (!contents.includes(change.line)) continue
              contents = contents.replaceAll(change.line, () => change.by)
              left.delete(change)
            }
            return { contents, loader: 'ts' }
          }),
      },
    ],
  })
  const [missing] = left
  if (missing) throw new Error(`Sabotage ${sabotage}: ${missing.file} does not hold "${missing.line}".`)
  return `${name}.js`
}
