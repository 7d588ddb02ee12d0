import { underStrictPolicy } from './helpers/strict-policy.js';

underStrictPolicy('webkit');
