/**
 * Something that the person at the keyboard can mend. Its message is one or two sentences that say what to do, and is
 * all that is shown; anything else that is thrown is a fault of ours and is shown with its stack.
 */
export class Problem extends Error {
  /** @override */
  name = 'Problem'

  /**
   * @param {string} message
   * @param {number} [exitCode] what the script ends with
   */
  constructor(message, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

/**
 * The code of an operating system's error (`ENOSPC`), or undefined for any other value.
 *
 * @param {unknown} error
 * @returns {string | undefined}
 */
export function codeOf(error) {
  if (typeof error !== 'object' || error === null || !('code' in error)) return undefined
  return typeof error.code === 'string' ? error.code : undefined
}

/**
 * Turns the failures that any machine has (full disk, no permission) into a Problem that names the folder; returns
 * everything else unchanged, to be thrown again.
 *
 * @param {unknown} error
 * @param {string} folder what was being written to
 * @returns {unknown}
 */
export function explained(error, folder) {
  switch (codeOf(error)) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new Problem(fullDisk(folder))
    case 'EROFS':
      return new Problem(
        `${folder} cannot be written to: it is on a read-only disk. Set DATA_DIR to another folder.`,
      )
    case 'EEXIST':
    case 'ENOTDIR':
      return new Problem(`${folder} is, or is below, a file. Set DATA_DIR to a folder.`)
    case 'EACCES':
    case 'EPERM':
      return new Problem(
        `${folder} belongs to another user. Start as that user, give the folder to yourself (chown -R), or set DATA_DIR to another folder.`,
      )
    default:
      return error
  }
}

/** @param {string} folder */
export function fullDisk(folder) {
  return `The disk that holds ${folder} is full. Free some space and start again; nothing that was saved is lost.`
}

/**
 * The same check for programs, which only leave words behind.
 *
 * @param {string} output
 * @returns {boolean}
 */
export function speaksOfFullDisk(output) {
  return /No space left on device|ENOSPC|Disk quota exceeded/i.test(output)
}
