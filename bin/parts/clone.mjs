import { dirname } from 'node:path'
import { fileURLToPath } from 'node:url'

/** The folder that holds package.json: the clone that this file is part of. */
export const clone = dirname(dirname(dirname(fileURLToPath(import.meta.url))))
