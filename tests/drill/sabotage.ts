import { cp, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { projectRoot } from '../support/settings.ts'

/** A line of the product, and what the saboteur puts in its place. */
export type Change = { file: string; line: string; by: string }

/** What is changed in the worker's sources, and in the site as it was built. */
export type Sabotage = { worker?: Change[]; web?: Omit<Change, 'file'>[] }

/**
 * What keeps mail from being lost or sent twice, and money from being taken twice or forgotten, taken out one at a time: a
 * drill that does not notice proves nothing. The product knows nothing of this. The worker is built once more from its
 * sources, and these lines are changed on the way; a line that is no longer there fails the build, so that no sabotage
 * quietly becomes none.
 */
export const sabotages = {
  updates: {
    /** The provider cannot tell that a request is the same as before. */
    'no-key': {
      worker: [
        {
          file: 'app/platform/post.server.ts',
          line: 'idempotencyKey: key,',
          by: 'idempotencyKey: `${key}/${Math.random()}`,',
        },
      ],
    },
    /** Nobody sees that another sender lives, and takes over what it is asking. */
    'no-lock': {
      worker: [
        {
          file: 'app/mail/claim.server.ts',
          line: `where locktype = 'advisory' and`,
          by: `where false and locktype = 'advisory' and`,
        },
        { file: 'app/mail/claim.server.ts', line: 'for update skip locked', by: '' },
      ],
    },
    /** The request leaves before it is on record that it did. */
    'send-first': {
      worker: [
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
    },
  },
  money: {
    /** Stripe cannot tell that a request is the same as before. */
    'no-key': {
      web: [
        {
          line: 'function options(idempotencyKey) {',
          by: 'function options(idempotencyKey) {\n  idempotencyKey += `/${Math.random()}`',
        },
      ],
    },
    /** The request for a payment page leaves before the gift and its attempt are kept. */
    'send-first': {
      web: [
        {
          line: `    await addAttempt(tx, gift, wish);
    return gift.id;`,
          by: `    const early = await addAttempt(tx, gift, wish);
    await createCheckout(withToken(early.params, token), "courage/checkout/" + early.id);
    return gift.id;`,
        },
      ],
    },
    /** Two read one gift at once, and whoever read first may write last. */
    'no-lock': {
      worker: [
        {
          file: 'app/platform/turn.server.ts',
          line: 'select pg_advisory_lock(',
          by: 'select (',
        },
      ],
    },
  },
} satisfies Record<string, Record<string, Sabotage>>

/** Builds the worker with these changes beside the real one. Returns its name in build/. */
export async function buildWorker(name: string, changes: Change[]): Promise<string> {
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
  if (missing) throw new Error(`${name}: ${missing.file} does not hold "${missing.line}".`)
  return `${name}.js`
}

/** Copies the built site, with these changes, beside the real one. Returns the name of its program in build/. */
export async function copyWeb(name: string, changes: Omit<Change, 'file'>[]): Promise<string> {
  const folder = path.join(projectRoot, 'build')
  await cp(path.join(folder, 'server'), path.join(folder, name), { recursive: true })
  await replace(path.join(folder, name, 'index.js'), path.join(folder, name, 'index.js'), changes)
  const itsSite = { line: 'build/server/index.js', by: `build/${name}/index.js` }
  await replace(path.join(folder, 'server.js'), path.join(folder, `${name}.js`), [itsSite])
  return `${name}.js`
}

async function replace(from: string, to: string, changes: Omit<Change, 'file'>[]): Promise<void> {
  let contents = await readFile(from, 'utf8')
  for (const { line, by } of changes) {
    if (!contents.includes(line)) throw new Error(`${from} does not hold "${line}".`)
    contents = contents.replaceAll(line, () => by)
  }
  await writeFile(to, contents)
}
