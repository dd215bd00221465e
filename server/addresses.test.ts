import { describe, expect, it } from 'vitest';
import { AccessError } from '../shared/errors.ts';
import { type AddressOptions, planAddresses } from './addresses.ts';
import { findOutsideAddresses, isPrivate, listen } from './listen.ts';

const nothing: AddressOptions = {
  host: null,
  share: false,
  shareWrite: false,
  shareSource: false,
  token: true,
  allowHosts: [],
};
const plan = (options: Partial<AddressOptions>, outside = ['192.168.1.2', '203.0.113.7']) =>
  planAddresses({ ...nothing, ...options }, outside);

describe('addresses', () => {
  it('are loopback alone unless told otherwise', () => {
    expect(plan({})).toMatchObject({ bind: ['127.0.0.1'], own: '127.0.0.1', outside: [], hosts: [] });
    expect(plan({ host: 'localhost' })).toMatchObject({ bind: ['127.0.0.1'], own: '127.0.0.1', outside: [] });
    expect(plan({ host: '::1' })).toMatchObject({ bind: ['::1'], own: '[::1]', outside: [] });
  });

  it('of the network are bound besides loopback with --share', () => {
    expect(plan({ share: true })).toEqual({
      bind: ['127.0.0.1', '192.168.1.2', '203.0.113.7'],
      own: '127.0.0.1',
      outside: ['192.168.1.2', '203.0.113.7'],
      hosts: ['192.168.1.2', '203.0.113.7'],
      onlyPrivate: false,
    });
    expect(plan({ share: true, host: '192.168.1.2' })).toMatchObject({
      bind: ['127.0.0.1', '192.168.1.2'],
      outside: ['192.168.1.2'],
    });
  });

  it('that were named are the only ones, and what a link names', () => {
    expect(plan({ host: 'FD00:0::2' })).toMatchObject({
      bind: ['fd00:0::2'],
      own: '[fd00::2]',
      outside: ['[fd00::2]'],
      hosts: ['[fd00::2]'],
    });
    expect(plan({ host: '0.0.0.0' })).toMatchObject({
      bind: ['0.0.0.0'],
      own: '127.0.0.1',
      hosts: ['192.168.1.2', '203.0.113.7'],
    });
  });

  it('may have names, which others get links with', () => {
    expect(plan({ share: true, allowHosts: ['box.example'] }, ['10.0.0.5'])).toMatchObject({
      outside: ['10.0.0.5', 'box.example'],
      hosts: ['10.0.0.5', 'box.example'],
      onlyPrivate: true,
    });
    expect(plan({ allowHosts: ['box.example'] })).toMatchObject({ outside: [], hosts: ['box.example'] });
  });

  it.each<[Partial<AddressOptions>, string]>([
    [{ share: true, token: false }, '--no-token'],
    [{ host: '0.0.0.0', token: false }, '--no-token'],
    [{ share: true, host: '127.0.0.1' }, '--share needs an address'],
    [{ shareWrite: true }, '--share-write'],
    [{ shareSource: true }, '--share-source'],
    [{ host: '' }, '--host needs an address'],
    [{ host: ' ' }, '--host needs an address'],
    [{ allowHosts: ['a b'] }, '--allow-host'],
    [{ allowHosts: ['name:8080'] }, '--allow-host'],
    [{ allowHosts: ['http://name'] }, '--allow-host'],
  ])('refuse %j', (options, part) => {
    expect(() => plan(options)).toThrow(part);
  });

  it('outside are found: private ones first, IPv6 only where it is private', () => {
    const entry = (address: string, internal = false) => ({
      address,
      family: address.includes(':') ? 'IPv6' : 'IPv4',
      internal,
    });
    const interfaces = {
      lo: [entry('127.0.0.1', true), entry('::1', true)],
      eth0: [entry('203.0.113.7'), entry('fe80::1'), entry('2001:db8::1'), entry('fd00::2')],
      wlan0: [entry('192.168.1.2')],
    };
    expect(findOutsideAddresses(interfaces as never)).toEqual(['192.168.1.2', '203.0.113.7', 'fd00::2']);
  });

  it.each([
    ['10.1.2.3', true],
    ['172.16.0.1', true],
    ['172.31.0.1', true],
    ['172.32.0.1', false],
    ['192.168.0.1', true],
    ['100.64.0.1', true],
    ['100.128.0.1', false],
    ['169.254.1.1', true],
    ['8.8.8.8', false],
    ['fd12::1', true],
    ['2001:db8::1', false],
  ])('%s is private: %s', (address, isSo) => {
    expect(isPrivate(address)).toBe(isSo);
  });

  it('that are all taken are no mistake in the command line', async () => {
    const taken = await listen(() => {}, ['127.0.0.1'], 0);
    const { port } = taken;
    const failed = listen(() => {}, ['127.0.0.1'], port, 0);
    await expect(failed).rejects.toThrow(`port ${port} is taken; end the other program`);
    await expect(failed).rejects.toBeInstanceOf(AccessError);
    await taken.close();
  });
});
