import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { readSources, type Import, type Source } from './source.ts'

// The plan of the house, as tables. To change the plan, change a table here and say why in docs/decisions.

/** The parts of app/, from the ground up. A part may import the parts on the floors below it. */
const floors = [
  ['shared'],
  ['ui'],
  ['platform'],
  ['mail', 'supporters', 'charity'],
  ['report', 'partners', 'donations', 'books', 'gift-aid', 'representatives', 'letters', 'updates'],
  ['staff'],
]

/** Parts on one floor do not know each other, but for these. */
const doors: Record<string, string[]> = {
  letters: ['representatives', 'report'],
  donations: ['partners'],
  books: ['donations', 'partners'],
  'gift-aid': ['donations', 'books'],
}

/** What stands in app/ itself puts the parts together: it may import them all, and no part imports it. */
const composition = /^app\/([^/]+|sandbox\/.+)$/

/** Words of the first installation: it is data, and the same software serves another charity and another report. */
const firstInstallation =
  /\bHART\b|hart-uk|Humanitarian Aid Relief|(Lady|Baroness) Cox|Grief and Courage|Nagorno|Karabakh|Artsakh|Stepanakert|Tadevosyan|Armenia|Azerbaijan|1107341|5227785/i

/** The database has a clock of its own; ours can be moved, so SQL must be told the time. */
const sqlClock =
  /\b(now|clock_timestamp|statement_timestamp|transaction_timestamp)\(\)|\bcurrent_(timestamp|date|time)\b/i

/** A house to look at: its sources and its table of contents. Tests of the product are not part of it. */
export type House = { root: string; sources: Source[]; schema: string }

/** Reads the house that stands in the folder `root`. */
export function readHouse(root: string): House {
  const schemaFile = path.join(root, 'prisma/schema.prisma')
  return {
    root,
    sources: readSources(root, ['app', 'emails']).filter((source) => !isTest(source.path)),
    schema: existsSync(schemaFile) ? readFileSync(schemaFile, 'utf8') : '',
  }
}

/** Every rule of the house: what it promises, and how to find what breaks it. Each breach is one sentence. */
export const rules = {
  'every folder of app/ has its place in the plan': ({ sources }) =>
    sources
      .filter(({ path }) => path.startsWith('app/') && !composition.test(path) && floorOf(partOf(path)) < 0)
      .map(
        ({ path }) =>
          `${path} is in no part of the plan: put it in one, or add its folder to the plan's floors.`,
      ),

  'every import names a file, with its extension': ({ root, sources }) =>
    eachImport(sources)
      .filter(
        ({ target }) =>
          target !== null && !target.startsWith('prisma/generated/') && !existsSync(path.join(root, target)),
      )
      .map(
        ({ file, specifier }) =>
          `${file} imports ${specifier}, and there is no such file: write the whole name.`,
      ),

  'the parts of the house import only what is below them': ({ sources }) =>
    eachImport(sources)
      .filter(({ file, target }) => target?.startsWith('app/') && !mayImport(file, target))
      .map(({ file, target }) => `${file} imports ${target}. ${whyNot(file, target ?? '')}`),

  'emails know nothing of the app': ({ sources }) =>
    eachImport(sources)
      .filter(
        ({ file, target }) => file.startsWith('emails/') && target !== null && !target.startsWith('emails/'),
      )
      .map(({ file, target }) => `${file} imports ${target}. An email is given its words ready to print.`),

  'nobody imports a page': ({ sources }) =>
    eachImport(sources)
      .filter(({ target }) => target !== null && isPage(target))
      .map(
        ({ file, target }) =>
          `${file} imports ${target}. Move what both need out of routes/, into the part itself.`,
      ),

  'only db.server.ts knows the generated client': ({ sources }) =>
    eachImport(sources)
      .filter(
        ({ file, target }) => target?.startsWith('prisma/generated/') && file !== 'app/platform/db.server.ts',
      )
      .map(
        ({ file }) =>
          `${file} imports the generated client. Import what you need from app/platform/db.server.ts.`,
      ),

  'only the composition knows the seed': ({ sources }) =>
    eachImport(sources)
      .filter(({ file, target }) => target?.startsWith('prisma/seed/') && !composition.test(file))
      .map(({ file }) => `${file} imports the seed. Only the composition (app/command.ts) fills a database.`),

  'the product does not lean on its tests': ({ sources }) =>
    eachImport(sources)
      .filter(({ target }) => target !== null && (target.startsWith('tests/') || isTest(target)))
      .map(
        ({ file, target }) => `${file} imports ${target}. Tests know the product, never the other way round.`,
      ),

  'only env.server.ts reads the environment': ({ sources }) =>
    taken(sources, /\.env$/, 'app/platform/env.server.ts').map(
      ({ file, what }) => `${file} reads ${what}. Take the setting from app/platform/env.server.ts.`,
    ),

  'time comes from one clock': ({ sources, schema }) => [
    ...taken(sources, /Date/, 'app/platform/clock.server.ts').map(
      ({ file, what }) => `${file} says ${what}. Ask app/platform/clock.server.ts, which a test can set.`,
    ),
    ...sources
      .filter(({ strings }) => strings.some((text) => sqlClock.test(text)))
      .map(({ path }) => `${path} asks the database for the time. Pass it clock.now().`),
    ...(/@updatedAt|\bnow\(\)/.test(schema.replaceAll(/\/\/.*/g, ''))
      ? ['prisma/schema.prisma takes the time from the database. Write clock.now() where the row is written.']
      : []),
  ],

  'nothing for the browser imports the server': ({ sources }) =>
    eachImport(sources)
      .filter(({ file, target, typeOnly }) => !typeOnly && isServerFile(target ?? '') && isForBrowser(file))
      .map(
        ({ file, target }) =>
          `${file} may reach the browser and imports ${target}. Name it .server.ts, or import only its type.`,
      ),

  'every page stands once in routes.ts': ({ sources }) => {
    const listed = (sources.find(({ path }) => path === 'app/routes.ts')?.strings ?? [])
      .map((text) => `app/${text}`)
      .filter(isPage)
    const pages = sources.map(({ path }) => path).filter(isPage)
    return [
      ...pages
        .filter((page) => !listed.includes(page))
        .map((page) => `${page} has no address: list it in app/routes.ts, or move it out of routes/.`),
      ...listed
        .filter((page, at) => listed.indexOf(page) !== at)
        .map((page) => `${page} has two addresses in app/routes.ts: make the second a redirect.`),
      ...listed
        .filter((page) => !pages.includes(page))
        .map((page) => `app/routes.ts lists ${page}, and there is no such file.`),
    ]
  },

  'no file imports itself by a detour': ({ sources }) =>
    cycles(sources).map(
      (cycle) => `${cycle.join(' -> ')} is a circle: move what both need into a file of its own.`,
    ),

  'no file stands for others': ({ sources }) =>
    sources
      .filter(({ path }) => /(^|\/)index\.tsx?$/.test(path))
      .map(
        ({ path }) => `${path} hides where things are: name the file after what is in it, and import that.`,
      ),

  'no name says nothing': ({ sources }) =>
    sources
      .filter(({ path }) => /(^|\/)(common|helpers?|misc|services?|utils?)(\.|\/)/.test(path))
      .map(({ path }) => `${path} could hold anything: name it after the noun it is about.`),

  'the first charity is data, not code': ({ sources }) =>
    sources.flatMap(({ path, text }) => {
      const word = firstInstallation.exec(`${path}\n${text}`)?.[0]
      return word ? [`${path} says "${word}". Words of one charity belong in its records (prisma/seed).`] : []
    }),
} satisfies Record<string, (house: House) => string[]>

function mayImport(file: string, target: string): boolean {
  // The rule of pages has its own sentence.
  if (!file.startsWith('app/') || isPage(target)) return true
  if (composition.test(file)) return true
  if (composition.test(target)) return false
  const [from, to] = [partOf(file), partOf(target)]
  if (from === to || doors[from]?.includes(to)) return true
  // A page may join several parts by reading.
  if (isPage(file) && isServerFile(target)) return true
  return from === 'staff' || floorOf(to) < floorOf(from)
}

function whyNot(file: string, target: string): string {
  const [from, to] = [partOf(file), partOf(target)]
  if (composition.test(target)) return 'It puts the parts together; no part knows it.'
  if (from === 'shared') return 'What is shared is pure and knows only itself.'
  if (from === 'ui') return 'ui knows only shared and itself: hand it what it shows as a prop.'
  if (isPage(file)) return 'A page may read from another part, through its .server.ts files only.'
  if (floorOf(to) > floorOf(from)) return `${to} stands above ${from}: arrows point down.`
  const known = doors[from]?.join(' and ')
  const only = known
    ? `of its neighbours ${from} knows only ${known}`
    : `${from} knows none of its neighbours`
  return `${capital(only)}: join the two in a page, or in the composition.`
}

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const isTest = (file: string) => /\.(test|spec)\.tsx?$/.test(file)
const isPage = (file: string) => /^app\/(.+\/)?routes\/[^/]+\.tsx?$/.test(file)
const isServerFile = (file: string) => /\.server\.tsx?$/.test(file)

/** Remix takes the server's half out of pages, and processes have no other half; all else goes to the browser whole. */
function isForBrowser(file: string): boolean {
  if (!file.startsWith('app/') || isServerFile(file) || isPage(file)) return false
  return file === 'app/entry.client.tsx' || file.split('/').length > 2
}

/** `app/letters/routes/write.tsx` belongs to `letters`. */
function partOf(file: string): string {
  return file.split('/')[1] ?? ''
}

const floorOf = (part: string) => floors.findIndex((floor) => floor.includes(part))

function eachImport(sources: Source[]): (Import & { file: string })[] {
  return sources.flatMap(({ path, imports }) => imports.map((each) => ({ file: path, ...each })))
}

function taken(sources: Source[], what: RegExp, exceptFor: string): { file: string; what: string }[] {
  return sources
    .filter(({ path }) => path !== exceptFor)
    .flatMap(({ path, surroundings }) =>
      surroundings.filter((name) => what.test(name)).map((name) => ({ file: path, what: name })),
    )
}

/** Each circle of imports once, from its first file in the alphabet back to that file. */
function cycles(sources: Source[]): string[][] {
  const arrows = new Map(
    sources.map(({ path, imports }) => [path, imports.map(({ target }) => target ?? '')]),
  )
  const found = new Map<string, string[]>()
  const finished = new Set<string>()
  const walk = (file: string, trail: string[]): void => {
    const start = trail.indexOf(file)
    if (start >= 0) {
      const circle = trail.slice(start)
      const first = circle.indexOf([...circle].sort()[0] ?? file)
      const turned = [...circle.slice(first), ...circle.slice(0, first)]
      found.set(turned.join(), [...turned, turned[0] ?? file])
      return
    }
    if (finished.has(file)) return
    for (const next of arrows.get(file) ?? []) walk(next, [...trail, file])
    finished.add(file)
  }
  for (const file of arrows.keys()) walk(file, [])
  return [...found.values()]
}
