import { describe, expect, it } from '@jest/globals';
import { networkOf } from './sign-in-limits.js';

describe('the address that tries are counted by', () => {
  it('is the network of an IPv6 address, wherever its zeros are left out', () => {
    expect(['2001:db8:1:2:a:b:c:d', '2001:db8:1:2::7', '2001:db8:1:2:0:0:0:1'].map(networkOf)).toEqual(['2001:db8:1:2', '2001:db8:1:2', '2001:db8:1:2']);
    expect(['2001:db8::1', '2001:db8::ffff:2', '2001:db8:0:0::3', '2001:db8:0:0:4:5:6:7'].map(networkOf)).toEqual(Array.from({ length: 4 }, () => '2001:db8:0:0'));
    expect(networkOf('::1')).toBe('0:0:0:0');
  });

  it('is an IPv4 address as it is', () => {
    expect(['192.0.2.7', '::ffff:192.0.2.7'].map(networkOf)).toEqual(['192.0.2.7', '::ffff:192.0.2.7']);
  });
});
