import { existsSync, readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'

/** One file of source, as far as the rules of the house care. Paths are from the project's root, with slashes. */
export type Source = {
  path: string
  text: string
  imports: Import[]
  /** Every string in the code, the fixed parts of templates among them; specifiers of imports are not. */
  strings: string[]
  /** Names this file takes from the surroundings, as written: `process.env`, `Date.now()`, `new Date()`. */
  surroundings: string[]
}

export type Import = {
  specifier: string
  /** The file it names, from the project's root, whether or not it exists; null for a package or a node: module. */
  target: string | null
  /** `import type`: gone after compilation. `import { type X }` is not: the module still runs. */
  typeOnly: boolean
}

/** Reads every TypeScript file of these folders under `root`; a folder that does not exist is empty. */
export function readSources(root: string, folders: string[]): Source[] {
  return folders
    .filter((folder) => existsSync(path.join(root, folder)))
    .flatMap((folder) =>
      readdirSync(path.join(root, folder), { recursive: true, encoding: 'utf8' })
        .filter((name) => /\.tsx?$/.test(name))
        .map((name) => path.posix.join(folder, name.replaceAll(path.sep, '/'))),
    )
    .sort()
    .map((file) => readSource(file, readFileSync(path.join(root, file), 'utf8')))
}

function readSource(file: string, text: string): Source {
  const source: Source = { path: file, text, imports: [], strings: [], surroundings: [] }
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true)

  const addImport = (node: ts.Node | undefined, typeOnly: boolean) => {
    if (!node || !ts.isStringLiteralLike(node)) return
    source.imports.push({ specifier: node.text, target: targetOf(file, node.text), typeOnly })
  }

  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node)) {
      addImport(node.moduleSpecifier, node.importClause?.isTypeOnly ?? false)
      if (/^(node:)?process$/.test((node.moduleSpecifier as ts.StringLiteral).text)) visitNames(node)
      return
    }
    if (ts.isExportDeclaration(node)) return addImport(node.moduleSpecifier, node.isTypeOnly)
    if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      return addImport(node.argument.literal, true)
    }
    if (ts.isCallExpression(node) && isImportCall(node)) addImport(node.arguments[0], false)
    else if (isText(node)) source.strings.push(node.text)
    const taken = takenFromSurroundings(node)
    if (taken) source.surroundings.push(taken)
    ts.forEachChild(node, visit)
  }

  /** `import { env } from 'node:process'` */
  const visitNames = (node: ts.ImportDeclaration) => {
    const names = node.importClause?.namedBindings
    if (
      names &&
      ts.isNamedImports(names) &&
      names.elements.some((name) => (name.propertyName ?? name.name).text === 'env')
    ) {
      source.surroundings.push('process.env')
    }
  }

  visit(tree)
  return source
}

function isImportCall(node: ts.CallExpression): boolean {
  return (
    node.expression.kind === ts.SyntaxKind.ImportKeyword ||
    (ts.isIdentifier(node.expression) && node.expression.text === 'require')
  )
}

function isText(node: ts.Node): node is ts.LiteralLikeNode {
  return (
    ts.isStringLiteralLike(node) ||
    ts.isTemplateHead(node) ||
    ts.isTemplateMiddle(node) ||
    ts.isTemplateTail(node) ||
    ts.isJsxText(node)
  )
}

function takenFromSurroundings(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) {
    const text = `${node.expression.getText()}.${node.name.text}`
    if (/^(globalThis\.)?process\.env$/.test(text)) return 'process.env'
    if (/^import\.meta\.env$/.test(text)) return 'import.meta.env'
    if (/^(globalThis\.)?Date\.now$/.test(text)) return 'Date.now()'
  }
  // `const { env } = process`, `process['env']`
  if (ts.isVariableDeclaration(node) && node.initializer?.getText() === 'process') return 'process.env'
  if (ts.isElementAccessExpression(node) && node.expression.getText() === 'process') return 'process.env'
  if (ts.isNewExpression(node) && node.expression.getText() === 'Date' && !node.arguments?.length)
    return 'new Date()'
  if (ts.isCallExpression(node) && node.expression.getText() === 'Date') return 'Date()'
  return undefined
}

/** `./x.ts` from the file's folder, `#app/x.ts` from the root (package.json "imports"); `?url` and the like are Vite's. */
function targetOf(file: string, specifier: string): string | null {
  const name = specifier.replace(/\?.*$/, '')
  if (name.startsWith('.')) return path.posix.join(path.posix.dirname(file), name)
  const own = /^#(.+)$/.exec(name)
  return own?.[1] ?? null
}
