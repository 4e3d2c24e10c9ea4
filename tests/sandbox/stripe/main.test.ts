import { testProcess } from '../parts/process-tests.ts'

testProcess('Stripe', '/v1/events', 'sk_test_x')
