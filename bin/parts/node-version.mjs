// Read by versions of Node that are too old for everything else: no newer syntax here, and no imports.

/** The oldest Node that runs us; package.json says it too ("engines"). */
const OLDEST = { major: 20, minor: 19 }

/**
 * What to tell somebody whose Node is too old, or undefined when it is not.
 *
 * @param {string} version as in `process.versions.node`: "20.19.4"
 * @returns {string | undefined}
 */
export function whyNodeIsTooOld(version) {
  const parts = version.split('.').map(Number)
  const major = parts[0] || 0
  const minor = parts[1] || 0
  if (major > OLDEST.major || (major === OLDEST.major && minor >= OLDEST.minor)) return undefined
  return (
    'Courage needs Node ' +
    OLDEST.major +
    '.' +
    OLDEST.minor +
    ' or newer, and this is Node ' +
    version +
    '. ' +
    'Install a newer one from https://nodejs.org and start again.'
  )
}
