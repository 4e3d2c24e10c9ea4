import type { ServerBuild } from '@remix-run/node'
import { matchRoutes } from '@remix-run/react'
import type { PageHandle } from '../ui/page-handle.ts'

export type RouteFacts = {
  /** The route as written in app/routes.ts, "/report/findings/:slug": what logs may show of an address. */
  pattern: string
  /** The page's one address among its spellings (`/Report/`, `/%72eport`): "/report". */
  address: string
  /** A reading page: the same for everyone, without script, kept until content changes. */
  reading: boolean
  /** Script runs here. */
  hydrates: boolean
  /** It may show pages of ours in a frame. */
  frames: boolean
}

type RouteNode = { id: string; path?: string; index?: boolean; children?: RouteNode[] }

/**
 * Tells what a path leads to, before Remix is asked. Undefined for a path that no route matches, and for one that is
 * not a well-formed path at all.
 */
export function describeRoute(build: ServerBuild, pathname: string): RouteFacts | undefined {
  let matches
  try {
    matches = matchRoutes(treeOf(build) as never, pathname)
  } catch {
    return undefined // A path such as /%E0%A4%A cannot be decoded.
  }
  if (!matches) return undefined
  const routes = matches.map((match) => build.routes[(match.route as RouteNode).id])
  const handles = routes.map((route) => route?.module.handle as PageHandle | undefined)
  const path = routes.map((route) => route?.path).filter(Boolean)
  const pattern = `/${path.join('/')}`
  return {
    pattern,
    address: addressOf(pattern, matches.at(-1)?.params ?? {}),
    reading: handles.at(-1)?.reading === true,
    hydrates: handles.some((handle) => handle?.hydrate === true),
    frames: handles.at(-1)?.frames === true,
  }
}

function addressOf(pattern: string, params: Readonly<Record<string, string | undefined>>): string {
  return pattern.replace(/:(\w+)/g, (_, name: string) => encodeURIComponent(params[name] ?? ''))
}

/** Remix keeps its routes in a flat list; the matcher wants the tree. One tree for each build. */
function treeOf(build: ServerBuild): RouteNode[] {
  let tree = trees.get(build)
  if (!tree) {
    tree = childrenOf(build, undefined)
    trees.set(build, tree)
  }
  return tree
}
const trees = new WeakMap<ServerBuild, RouteNode[]>()

function childrenOf(build: ServerBuild, parentId: string | undefined): RouteNode[] {
  return Object.values(build.routes)
    .filter((route) => route !== undefined && (route.parentId || undefined) === parentId)
    .map((route) => ({
      id: route?.id ?? '',
      path: route?.path,
      ...(route?.index ? { index: true } : { children: childrenOf(build, route?.id) }),
    }))
}
