import { testProcess } from '../parts/process-tests.ts'
import { describeInStandIn } from './service.ts'

describeInStandIn('a process of its own:', 'Stripe runs by itself', () => {
  testProcess('Stripe', '/v1/events', 'sk_test_x')
})
