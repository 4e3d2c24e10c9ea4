import { testProcess } from '../parts/process-tests.ts'

testProcess('Resend', '/emails', 're_x')
