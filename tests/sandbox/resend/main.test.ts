import { describe } from 'vitest'
import { testProcess } from '../parts/process-tests.ts'
import { isReal } from './service.ts'

describe.skipIf(isReal)('a process of its own:', () => {
  testProcess('Resend', '/emails', 're_x')
})
