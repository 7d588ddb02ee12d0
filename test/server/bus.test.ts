import { LocalBus } from '../../src/server/bus/local-bus.js';
import { busContract } from './bus-contract.js';

busContract(
  'LocalBus',
  (onError) => Promise.resolve(new LocalBus(onError)),
  () => Promise.resolve(),
);
