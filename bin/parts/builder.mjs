import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { brotliCompress, gzip } from 'node:zlib'
import { clone } from './clone.mjs'
import { explained, fullDisk, Problem, speaksOfFullDisk } from './problem.mjs'
import { programs } from './programs.mjs'
import { lastLines, run } from './run.mjs'

/** Everything that a build is made from. */
const sources = [
  'app',
  'emails',
  'prisma/schema.prisma',
  'prisma/seed',
  'public',
  'tests/sandbox',
  'bin/parts/builder.mjs',
  'package.json',
  'package-lock.json',
  'prisma.config.ts',
  'remix.config.js',
  'tsconfig.json',
  'vite.config.ts',
]
/** What the database client is generated from. */
const schemaSources = [
  'prisma/schema.prisma',
  'prisma.config.ts',
  'package-lock.json',
  'bin/parts/builder.mjs',
]

const buildRecord = join(clone, 'build', 'made-from.txt')
const clientRecord = join(clone, 'prisma', 'generated', 'made-from.txt')

/**
 * True when build/ was made from the files as they are now.
 *
 * @returns {boolean}
 */
export function isBuilt() {
  return says(buildRecord, fingerprint(sources)) && isGenerated()
}

/**
 * True when the generated database client fits the schema as it is now.
 *
 * @returns {boolean}
 */
export function isGenerated() {
  return says(clientRecord, fingerprint(schemaSources))
}

/** Generates the database client from prisma/schema.prisma. */
export async function generate() {
  const madeFrom = fingerprint(schemaSources)
  // It empties its folder first, the record included: a generation that was cut off counts as none.
  await runTool('prisma/build/index.js', ['generate'], {
    // `generate` needs no engine, but downloads one unless this names a file.
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: '1',
    CHECKPOINT_DISABLE: '1',
  })
  writeFileSync(clientRecord, madeFrom)
}

/**
 * Makes build/ from the sources. In a folder of its own, renamed at the end: a build that was cut off is never used, and
 * one that fails leaves the last good one in place.
 */
export async function build() {
  const madeFrom = fingerprint(sources)
  for (const name of readdirSync(clone))
    if (name.startsWith('build-')) rmSync(join(clone, name), { recursive: true, force: true })
  const unfinished = `build-${process.pid}`
  try {
    if (!isGenerated()) await generate()
    // Remix empties the folder first, so the processes (a fraction of a second) come after it.
    await runTool('@remix-run/dev/dist/cli.js', ['vite:build'], { BUILD_FOLDER: unfinished })
    await bundleProcesses(unfinished)
    await compressFiles(join(clone, unfinished, 'client'))
    writeFileSync(join(clone, unfinished, 'made-from.txt'), madeFrom)
    rmSync(join(clone, 'build'), { recursive: true, force: true })
    renameSync(join(clone, unfinished), join(clone, 'build'))
  } catch (error) {
    rmSync(join(clone, unfinished), { recursive: true, force: true })
    throw explained(error, clone)
  }
}

/**
 * Every program that Node runs: one file each, the npm packages left outside.
 *
 * @param {string} folder
 */
async function bundleProcesses(folder) {
  const { build: bundle, stop } = await import('esbuild')
  try {
    await bundle({
      absWorkingDir: clone,
      entryPoints: Object.entries(programs).map(([out, file]) => ({ in: file, out })),
      outdir: folder,
      bundle: true,
      platform: 'node',
      format: 'esm',
      target: 'node20.19',
      packages: 'external',
      sourcemap: true,
      logLevel: 'silent',
    })
  } catch (error) {
    throw new Problem(`The build failed:\n${error instanceof Error ? error.message : String(error)}`)
  } finally {
    // Its helper process would stay as long as we do.
    await stop()
  }
}

/**
 * Leaves a Brotli and a gzip copy beside each file that is text, so that the server compresses nothing twice.
 *
 * @param {string} folder
 */
async function compressFiles(folder) {
  const names = readdirSync(folder, { recursive: true, encoding: 'utf8' })
  const texts = names.filter(
    (name) => /\.(css|js|svg|txt|xml|webmanifest)$/.test(name) && !name.startsWith('.vite'),
  )
  await Promise.all(
    texts.map(async (name) => {
      const file = join(folder, name)
      const content = readFileSync(file)
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(content),
        promisify(gzip)(content, { level: 9 }),
      ])
      writeFileSync(`${file}.br`, br)
      writeFileSync(`${file}.gz`, gz)
    }),
  )
}

/**
 * @param {string} script inside node_modules
 * @param {string[]} args
 * @param {Record<string, string>} environment
 */
async function runTool(script, args, environment) {
  const { code, output } = await run(process.execPath, [join(clone, 'node_modules', script), ...args], {
    env: { ...process.env, NODE_ENV: 'production', ...environment },
  })
  if (code === 0) return
  if (speaksOfFullDisk(output)) throw new Problem(fullDisk(clone))
  throw new Problem(`The build failed (${args.join(' ')}):\n${lastLines(output, 40)}`)
}

/**
 * @param {string} record
 * @param {string} madeFrom
 */
function says(record, madeFrom) {
  return existsSync(record) && readFileSync(record, 'utf8') === madeFrom
}

/**
 * One hash over names and contents, so that neither a date nor a checkout's order makes a difference.
 *
 * @param {string[]} paths
 */
function fingerprint(paths) {
  const hash = createHash('sha256')
  for (const path of paths.flatMap(filesUnder))
    hash
      .update(`${path}\0`)
      .update(readFileSync(join(clone, path)))
      .update('\0')
  return hash.digest('hex')
}

/**
 * @param {string} path
 * @returns {string[]}
 */
function filesUnder(path) {
  const whole = join(clone, path)
  if (!existsSync(whole)) return []
  if (!statSync(whole).isDirectory()) return [path]
  return readdirSync(whole)
    .sort()
    .filter((name) => !/\.test\.tsx?$/.test(name))
    .flatMap((name) => filesUnder(`${path}/${name}`))
}
