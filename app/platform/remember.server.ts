/**
 * One value per process. The site's bundle and the server's bundle each hold a copy of every module, and development
 * reloads them: whatever must exist once (a pool, a cache, a budget) is kept under a name on `globalThis`.
 */
export function remember<Value>(name: string, make: () => Value): Value {
  const kept = ((globalThis as { courage?: Map<string, unknown> }).courage ??= new Map<string, unknown>())
  if (!kept.has(name)) kept.set(name, make())
  return kept.get(name) as Value
}
