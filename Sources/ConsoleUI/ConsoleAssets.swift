// The files of Assets/console as literals, written by `make assets`. Don't edit.
// swift-format-ignore-file

/// The files of Assets/console.
public enum ConsoleAssets {
    /// Every file, by name.
    public static let all: [Asset] = [
        Asset(
            name: "api.js",
            digest: "3f9b14e2ab4899dd57907b97411a1e5d",
            gzip: "H4sIAAAAAAACA6VY63IbtxX-r6eANZ7srkMuJcftNNIoquI6rdvE8jjKTDuyEkK7oLj2csEssKZYhTN-jc60f_tgfpJ-5wDYC0Vn3MkvEljgXL9zw2QinsqyNELPhJ0rcfby-ZFYzVWtRGFFYUZYSCukmMmibLBr5Jo3VYXNDFdxSNRqqaRV-UjIKmc6Ri6U-zzTNU6auSrLdG-vWCx1bcWdsGIjZrVeiCidFId_qNI3JjruPuPWjbIjYYqbSuXPq95po4wptL-wN3n0SFyAoczzGh_EtcJVJdQ7Va_FUtr5QDP6M9NlriDTtX6nsAHxl_JGRV5VuiiWtZoVtxB7WetbkGmsoau1SsWjyV6mK2NFrbUVJ6JSK_HDq2_jKE0n0UjkOmsWqrLptTTqh1fPk56I4FXdECEYlASBvDZIRyKIuZI1eeIIZhSqylUuvLIwrFjJwjJ_dctGcmKAv_FiPHsHxheSDBcHvmfOCcwzL_Iqwo92PoV_V9KIhczJJvWAdClhym-8y9WthTBGPKtr-PJuTzjWdZNZXcfGStvAeAtICiVGcJ7J9FKRUE1ZjqDmDJarsrADV56Iu03ClIQwzVLVsb8NsWmPvJI6wjjr_vS_ePr829vvc2r_0_fN3iaYgyHBUJLCqsWyhMuPhJLZXLyTZaMIzroCgNUN-bEHCthrDuiYvqFmTZVZ-EdIC0PU5N-RSNOUSRmnYq1sU1fCf4aQeZOpOCZBRhCnBo8Cvr5NxMlXTrzP4fxM54SfpxoRUUGQ2JG85KNiLA6vEpyj67AZtOskcYFwPvMcfm4QCUnnNtHUZQ-3dAgywQ4QavLj68lkJKIoGTG-2R0UwLG7elkhrEfOUFcE3fPrNyqzKeSrC2Vi5iVOT8m9wb_FTDjZxYMTD4DPPhPdTgOFZgWCfLgNGUjS1CAmsvlLWcsFHA9k90RInG9bE-P80BbkXCBUQfrcuGQiy4FXyAwvgYbCwCWwmy7fKYIsqcUOcUo49W2xAA6AO2Uv8Fc3trvimYhH4vDg4MDj2DE8TeETDs5vC4NQgkgRsk9tkS_iHhOwKaFtIM3cPCHhRYodRThMGl35jxuKOQ2oI7_VMN_G2cXhIiSfIB-cJsUrZev1-GwG64hZocqcYF4gBBZyLWRpNNIojuUwH6O9NSjlINIZmDSqDyqmwmHnvqXIZciyJqVkFNXMTxI_uBX4iKLj9mqQ7EQAfvnnDyepRWKMmSIOixfN4hom8-sjEf-JxALy4TK_ORa8V-lVDNxN2AXHnZMdhbQw3xRVYVUABBH_juC_KKrY_ZG3HVoO0scIgy9-D2-C6-EQWQbepOwSX-vcRxcBnVbiJOD8l1-EXS8VTM77DGvNEQMrBADiYGeLla7ZEpd0IVWUcH_KlcnqYmm5DPA-7fi_OPKduekWuj5N20zMm8MVH7li2KSIujyOLdI7g9CLSmtWIXIZK6K45E0flj3DOnHhz_isruUaFubf2DE2N2zidnF5cHUK5FJBQrQfseoOpNKsq6xLpr7X2AJaqayz40lrNKAK0Pebf_3-_IWHhSScdlgk6QGMY1SeTFrA_E5MuBZQdY9c_efGRlSai7Srl6gElPtglWVJxdmVf044zlvZnFSpbtRHgb9arcayQYGvbAHWagf6fS1raaVFlZUNXBxHRWWa2azIClz_iQ_S_d7RBWkTT_jTyX58-eP-1aNkf5KcppeHV46Tt3PHcFgkdwl9O64VMrmx4yJ37iZoO0FDDk_6CdQ3CvGTgy9GAgT-oZuac9-4qNBuKFN9eP8v2NMpJj68__cdU9t8eP-fNOo6hk3S_u-3DS6feXPJIucM3A-_VkT6-KsStgqHroWuENNtbkRu6zAHxZPHX-5W_fGXrPqF1kii1Vp4E5pj1w6rmloIad6i_9OulYuST2X81Yn4HWWhT1GIZOgYZtKZXlZmheWbhjpGvRLxnTu_Sbz9eXUktjlvdsr4_8sBCo1RuWu3fwtzX9HOK2pLEQiIgmNUqkAfdTGn-I3ZT73JhOtj3xVztL6MF-t7YSp9167cbaWjwAhNqp1rwAV9xkhozsjQ1MeOS1LcLB0fh-aHclZQyzeqlLLamu6-ANAuY80UxTOTD2eECFw9H5fIjwL_lFahtel23XoEAGRz9AVRpccG3bqCwTN0oJSPUOfxAa0P9SHYK5CaLXa4REQ-AGtVv9Rlka0djbAXjbx4m9CD-Mwa8-2kFZ_gPJQJ3RD1Pgpl285rYJFvhDbHbfWRdbCNpS6hOFQjkIIQbcO5DaUHLnSpIjtzumL252cXXSUe-mm7Nxl2Pu4MzV5pXpglqc4NXkySP0WU6YVbR3SPUZ4rC42OWpKbILVz_VarOrTZb-F3EDiFIWgPPaqb-f1YzEO7M4JBJJjOEjS4OwNqGn8pVirx-PaWIos9hXHD4NDUO2uagjjRn75BezqlY5Sp6RBV55GYElqntObXhRRF-MnBoeDx0gWnH3evG8uxNEUtACHqGUxoUucSg3uFqYi4taPYVtCCb94GrJuE7twsNBIknAujNqp4JA1hROZXFbZmiBE1mFd73S7foWEvkNh0Zcrqt0yA6Zy6bvCofcyIUaD5REj4vEg82fQMDYOui39KVuRETL_GVADrP7zjc5tpuEZ6DGeoQOMyeqqpQtrxBbq66ApUIrlcltSEgOiEbkb9nmArEd1LebunypHvvo7YpFwgu3HOdX5Qmxsz10wWszVLnQRT0_DiRL5f_fTbnbH50dIMIKFVfUA2DwloMhm8gNCziqzLQnXtCT9_DHo_pKfGPdAswYbg66Amer5ihvfc2aU993wVt9PbRyLXx6wjNAbbrVR2PxtCyV6L5aKFaxk_F4VUSLfdXV9Xthvq4WjIEzUlAQp-9tbH44qMuRVXPlf1A-QeoHaEY7jWNvJ7riayw7c6eMKMs-buQtMrM6efUGfu2_XX-xdUGxN6qNBSXSvuNjqTw6KDlzkAAOr346V7gcC4xYbkCnQvP4XQoEc8R-vnRlMTA3LtuDaNkA-wCI83ZyC3H-2PxH70-nUU7SebaNp7fCwRky4IFvKtMtuPtO5BjF9pKesvpTE03CFH05OhmSPV73z3ytCsxHehqPqSGhQapNtZUVIL1wNJO-xGRCW6CsG9XaE5qsMuT6Yvz7932ztSINV44pUkieOQLhszj6Px36ORl5Md1vvmrBvvznHpHE0P8lU0_ovYH6TmIxES88X535692O9mpV2J2QF1IFEejbxn4x05ciTit2odnrrI5fEk-MW_keB70j2bYdz78P6_NPG5K0mXDEgoNspQgHEurRxfF5Ws150s0z8-vKPDm2lyb9hP3-iiiiMRcQr5H-Zx5og-GAAA",
            text: ##"""
// Calls of the API: where it is, what a failure says, when a call is repeated, and the same call for a shell.

import { t } from './i18n.js';
import { forget, signedIn } from './session.js';

/** The address before every path of the API: the folder above this page's, whatever prefix a proxy puts there. */
const root = new URL('../', document.baseURI);

/** The things that the rest of the page hears of: an ended session, a wait. */
export const news = new EventTarget();

/** A call that didn't do what it was made for. */
export class Failure extends Error {
  constructor(status, message, { scope = null, reference = null } = {}) {
    super(message);
    this.status = status;
    this.scope = scope;
    this.reference = reference;
  }
}

/** A path from a template: each value is one segment, whatever it holds. */
export function at(strings, ...values) {
  return strings.reduce((path, part, index) => path + encodeURIComponent(values[index - 1]) + part);
}

function addressOf(path, query) {
  const url = new URL(path.replace(/^\//, ''), root);
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== null && value !== undefined && value !== '') url.searchParams.set(name, value);
  }
  return url;
}

function later(seconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, seconds * 1000);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** The seconds of a Retry-After field, which may also be a date. */
function wait(response) {
  const field = response.headers.get('retry-after') ?? '';
  const seconds = /^\d+$/.test(field) ? Number(field) : (Date.parse(field) - Date.now()) / 1000;
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, 0.2), 3600) : 1;
}

function sentence(body) {
  if (body === null || typeof body !== 'object') return null;
  const words = [body.error_description, body.desc, body.errMsg, body.error?.message, body.message, body.error]
    .find((text) => typeof text === 'string' && text !== '');
  return words ?? (Array.isArray(body.msgs) ? body.msgs[0]?.recalled : null);
}

async function failure(response) {
  let body = null;
  try { body = JSON.parse(await response.text()); } catch { /* A proxy's page says nothing that is for people here. */ }
  const challenge = response.headers.get('www-authenticate') ?? '';
  const scope = challenge.includes('insufficient_scope') ? challenge.match(/scope="([^"]*)"/)?.[1] ?? '' : null;
  const reference = response.headers.get('x-request-id');
  if (scope !== null) return new Failure(403, t('Your sign-in doesn’t include “{scope}”.', { scope }), { scope, reference });
  const said = sentence(body);
  if (said !== null) return new Failure(response.status, said, { reference });
  if (response.status === 429) return new Failure(429, t('Too many requests; the server asks to wait.'), { reference });
  if (response.status >= 500) return new Failure(response.status, t('The server can’t answer just now ({status}).', { status: response.status }), { reference });
  return new Failure(response.status, t('The server refused this ({status}).', { status: response.status }), { reference });
}

/** One exchange; a refused reading (429) is repeated once the server has said that it may be. */
async function exchange(method, url, options, headers) {
  for (;;) {
    let response;
    try {
      response = await fetch(url, {
        method, headers, body: options.body, signal: options.signal, cache: 'no-store', credentials: 'omit', redirect: 'error', referrerPolicy: 'no-referrer',
      });
    } catch (error) {
      if (options.signal?.aborted) throw error;
      throw new Failure(0, t('The server doesn’t answer.'));
    }
    if (response.status !== 429 || method !== 'GET') return response;
    const seconds = wait(response);
    news.dispatchEvent(new CustomEvent('wait', { detail: seconds }));
    await later(seconds, options.signal);
    news.dispatchEvent(new CustomEvent('wait', { detail: 0 }));
  }
}

/**
 * Calls the API and returns its response; a status other than 2xx is thrown as a `Failure`.
 *
 * `json` is sent as JSON, `body` as it is. A 401 ends the session, but for `open` calls, which have none.
 */
export async function send(method, path, { query, json, body, headers = {}, signal, open = false } = {}) {
  const fields = { ...headers };
  const token = open ? null : signedIn()?.token;
  if (token) fields.Authorization = `Bearer ${token}`;
  if (json !== undefined) fields['Content-Type'] = 'application/json';
  const response = await exchange(method, addressOf(path, query), { body: json === undefined ? body : JSON.stringify(json), signal }, fields);
  if (response.ok) return response;
  if (response.status === 401 && !open) {
    // A call that an earlier sign-in made says nothing about the present one.
    if (token === signedIn()?.token) {
      forget();
      news.dispatchEvent(new Event('signed-out'));
    }
    throw new Failure(401, t('Your session has ended.'));
  }
  throw await failure(response);
}

/** The same, and its JSON. */
export async function call(method, path, options) {
  const response = await send(method, path, options);
  try {
    return await response.json();
  } catch (error) {
    if (options?.signal?.aborted) throw error;
    throw new Failure(response.status, t('The server’s answer can’t be read.'));
  }
}

export const get = (path, query, signal) => call('GET', path, { query, signal });

const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;

/** The line that makes the same call from a shell; a password isn't shown. */
export function curl({ method = 'GET', path, query, json, file }) {
  const words = ['curl'];
  if (method !== 'GET' && !(method === 'POST' && (json !== undefined || file))) words.push('-X', method);
  words.push(quoted(addressOf(path, query).href), '-H "Authorization: Bearer $TOKEN"');
  if (json !== undefined) {
    words.push('-d', quoted(JSON.stringify(json, (key, value) => (/password/.test(key) && value ? '…' : value))));
  }
  if (file) words.push('--data-binary', quoted(`@${file}`));
  return words.join(' ');
}

"""##
        ),
        Asset(
            name: "applications.js",
            digest: "ba75edd59129efad5d277cf727b692ac",
            gzip: "H4sIAAAAAAACA7VZ3Y7buhG-36eYgx5AcqLITfqDdI3tIk1yEeCc5CA_6IVjZGmJtpWVRB2RXq_jGOhr9PX6JJ0ZUhLllRfrFM3NWuRwZjg_38ww4zF8XEkQVZVniTCZKjWoBRhaS4uszLSphVF1gMv1UuC3JYpAlCmTVVJVuYTNSkGu1DWIhZE17RTx2VlWVKo2sAOhr2EPi1oVEMRj_Iq_6mDi7ZsIltL4NFV2QCPzCNSm9GhSVRzQ-Byyp8_Lg-25SJcygvnaGFVGkKgUv_KsvI5Ay4RuFoER8xxXTVZIj1klaqMPuOlsWcr0ja-RllojF0t4lqClDBoyrXH53QIuIEQrRmTuCG4yuRnBxd_h6g_jn3eyJGU-vX_zUiH7UpaGSEf74S1kwFvEY3-FkuQt6yT0tkxgsS75LqBXahOiEkbemhHszgCsRk5L1Ke5Qjia4G62gLC5wXWGDr64uIAgyTOUGVgGDYtpc5EZcXFnvDCKNf40YTAOmDMfIzXiRZbnjU7xSoo0K5chEr7wQjAYjSJ0dxik2U0QoaWTXGh9DkElSpkHsLdOC1vLemYN1I2syS7BiMMlHFBuhP-sVrU067qk33vPOolNhO5iNva_We3iRS7Mr6IK2UPkQd8wOaYMnvQzqrluRDnUEwxTIo_6uXZAP2Pt-NjJNmyugqf3Z2dtXBxXzgsSdxHHoiOzl3VSz9nEdDLiZaNUjo4a8h1vse9s-pHCL2spTA9-yGshGzXhPetZ0mVEzCgqkdciq7VBXiMnNlcCl-05hJFQmKtxIUqxlAWG7rjnPkwb_N6PfSNcRVCu8zxqLUx5IXLHvZZlKmvkjxhUmsxkUqNoksVYEVqLAJSikOdw4AeCUxbIxsAfeDSCWm3ITI4bBntRmS2f_bjK-lgLK6GhVL6RYCtNHDjtyF_5uiiR39QtAErKxVzmzPEtqkVmTWSOC4wdpPuRDPLzhE4OZNQA1WiEjh2U_lut0nViBhSYNrwqS8J8Wh1eSZ3A5WAkLURWGo4kTxuiRy1wO5gd0-W9XNokc4F2oJBlledq80VVsvxSe-SoChcPilraxEgHiXbZzlW6JV7BRtTIFBVo6eZbrpBzkVxjBGFCHjWSzYN0QCcqQ6yXTYf0KIsPBrcHGGhat1_-yfYXNDwCtLFLL5EYHdz1l3cGTggfLY1BqNCkHCnafo6iHkcHC5n-sNYVpVxqRV9a1-k1hTHYy1qKDiy0XfDqAEPGsARk8Erm0prLnq9lgVF-zy0OESgV5VLWBEG-iFn30RrbrVlCi-MO_IknA7MFXO_i1Ck0Zid1dLeBFdnUawnfvzeKfiEXr7Ut1i0l9h-unFEA-AyHLNzGbHeeYhqX-yGdYVNBYJCw7YKlUhTXE6-23IFtjjXs-BxMIuLl0gt6bCR70IYS7sKlYN69U72SwZwXmcxTDwWHMNBCdEB_UEAtf19ntUR_kkkjKMRtLsulWZ3Dn55FUAmDvSyKDabiybc_Pvnb589PZo_xnFgblWCDakSefSN-arHA5RXCEkv7RW1k_SQRWgKGGfJAhE-zZWbw72pbrWSpJygBu14olDYxvGE3lamm6zOsNF0j99m4t9UI-F1QDSAs3827o4eqQe9qT589H2ZEEFpnVYOOjo_DVuRhthUtUIEU6IU-1788fTbM9UXJGIm0W7CIivPBGqNI-0KGUbcTmqxkcj1Xt8GwkF_RVFjtNcEy80bkReumqvzPv_5tQN5SM4NKowYL3E890cwZpSZZRX2uvkfmrOkHfl9Lja4Ob0SOv2xW7aCQZqUIHH579-FjwPGDhvmBXuSrpmB_N_-KvVdMo8Xr0tTYJ4RuSbpPJ576QTRqGE5xqqClGWvEP-EnQoWASo9LE7SJbHolStC4ltQ-hS0--Z3iEVz12sRMv1UbhJdDUJm0FDZ5mYRI74PzyRBUXP28syz25-DshSt3QXp_1QBFU8gagU2_2OE25b5gK3PmW3EY1-e-ki8xKjVHjSg1ZjTCr1hi7zGxKWow35dIjxpDZmAjOEX5Qq85hRM8T_su5jiVuXdwY4XlneQKNyNYYzOYEyM-QeZJY3irWikpl6y07fu6KNy5y7imtBeJn_qBeK_9xk2lbkNwB209OIef2DQRxHEcOoGX0MnGm-9Qgf2PBdpBAb4bZ5StGENX_g1o9B2uLba-w45O2VLC5w9qSdcF9Kv6QXQwHuA2sfBDhcCNPGy0xZwIlrVaV_i3aOCIXI7ZKa2rGxcCN_mJsOA0l-h7MtZprn31-pfXH1__MMw0FowAZdXbc9-Tp3jQeqdWdMcLRzudBtiZsyGpXeafo1kE06D_qMTb_SVLptcVvWdYgubDcVinWXfWfYxmOCWfjR89gn8S7EuRrFglLjqpiuHR2Ckqb6scU9i2WLbDDoN3pKF2xF5yTw4Gc6CExiYSkhUFCmByYi3r00zA6UvmTCkW1oYmPCwwBCc46lGZbxAA-wJJAXmDPY2r9bSPgu3NNHOJg16Ldd9rgZcxFBf0EvGQwOhxvJqc-ghAmdC31ODUW2R4a6IPVlmKXcmPPBm8SNODp8m2iceWKaRLsyWaCeDIC4Gle9jQnwojooeO_g8wgx3-iStcXnZ88fd09sCZ_hPiTdvwuTmtwhhWJStHc7H9jIno6ND4HnNkmEPT8TsulEzHx9f-u9MQu4aPj0CXse0dsYoM7MYFvbC1syc9gfIXTh0QzFydxYwKTpmqPY14sHZyB2frEyZkj-30yMD5khHDe93ibxeG9vypM2uaaUqoIR7_30GVQorx074rkzE5ffjFdzz9rKPZ43Hblf4Dk1iKsodgdlRr7bbrRFn7DcWoa9cpErsWXaNNEqoTiscWzBeuRFihbPt77uxyyRFMKebVFjuvtRUhbP1_X2x3U1G3fEdYP8y_qqwMkQi7Q1LAnxSp79KwyTALElUU2EnOpdlIel9ayWLCBWeDRUa6xpDfCb1JsDcHImhuVO3PNlWz1BrMW-EpVhUVRRXNxHLzxNtFGGtGu-f-pPxTE2j2DvbL9sv0P0kqxx63lHZkvas63ghQEJNwITTUCVkm2Ax1hbFrpbPligtujTlHVVrVODTXsjXCrN9I0qwZ2nYv4mCIes_d1C7ZO1JZ8QPQDStVRX0Mh3joH_TzwWID9cHt9Xfc_3ZdppVMJMSxQbrv3zuD7Xp6nVvJrou2J1tNibhT25FQkh486w_Uv6OvL1xHD3oJmp7vfXwZKr79t5ejRerBLy9__fORBxZyGJrFYQeV7tEPDOTNaMNxYsltH8AT8mlDy3EQP_7oZTvHg8GkyaN4aEr5IG7Ygo2N--D5UAt4gyA3ho_dPOgJ3l8NGqdJkpPNc0-BOmqf4cHtXvucOMV5nA6GOcKvdjTn_wVvsYnAip7rVJn8b2PafbYfHMQeYvL_AqnnAOXGHwAA",
            text: ##"""
// The applications of the administrator's organisations, and the people who look after them.

import { ask } from './ask.js';
import { at, get } from './api.js';
import { el, own } from './dom.js';
import { t } from './i18n.js';
import { badge, button, code, link, section, table, time } from './parts.js';
import { signedIn } from './session.js';

const addressOf = (org, app, view) => `#/${encodeURIComponent(org)}/${encodeURIComponent(app)}/${view}`;

export async function show(context) {
  const session = signedIn();
  if (session.kind === 'client') {
    const [org, app] = session.application.split('/');
    context.fill(context.heading(t('Applications')), el('div', { class: 'panel' }, link(addressOf(org, app, 'overview'), own(session.application))));
    return;
  }
  const sections = session.organizations.flatMap((org) => {
    const list = applications(context, org);
    return [list, administrators(context, org)];
  });
  context.fill(context.heading(t('Applications')), sections);
}

function applications(context, org) {
  const list = section(context, {
    heading: own(org),
    tools: el('div', { class: 'tools' }, button(t('Create application'), () => create(org, list), { kind: 'first' })),
    load: () => get(at`/management/organizations/${org}/applications`, null, context.signal),
    render: ({ entities }) => table({
      name: t('Applications of {org}', { org }), rows: entities, empty: t('This organisation has no application yet.'),
      columns: [
        { label: t('Name'), cell: (app) => link(addressOf(org, app.applicationName, 'overview'), own(app.applicationName)) },
        { label: t('Product'), cell: (app) => [own(app.productName), app.appDesc ? el('div', { class: 'faint' }, own(app.appDesc)) : ''] },
        { label: t('Registration'), cell: (app) => (app.allow_open_registration ? badge(t('open to everybody'), 'warn') : badge(t('by the backend'))) },
        { label: t('Created'), cell: (app) => time(app.created) },
        { label: t('State'), cell: (app) => state(app) },
        {
          label: '', kind: 'acts', cell: (app) => [
            link(addressOf(org, app.applicationName, 'settings'), t('Settings')),
            button(isSuspended(app) ? t('Resume') : t('Suspend'), () => suspend(org, app, list)),
            button(t('Delete'), () => remove(org, app.applicationName, list), { kind: 'danger' }),
          ],
        },
      ],
    }),
  });
  return list;
}

const isSuspended = (app) => app.suspended === true || app.app_status === 'suspended';
const state = (app) => (isSuspended(app) ? badge(t('suspended'), 'bad') : badge(t('in service'), 'good'));

function create(org, list) {
  ask({
    title: t('Create an application in {org}', { org }), action: t('Create application'),
    fields: [
      { label: t('Name'), name: 'name', required: true, maxlength: 32, pattern: '[a-z0-9\\-]+', autocapitalize: 'off', hint: t('Lower-case letters, digits, hyphens; 32 at most. It stands in every address and stays.') },
      { label: t('Product name'), name: 'productName', maxlength: 128 },
      { label: t('Description'), name: 'appDesc', type: 'textarea', maxlength: 512 },
      { label: t('Anybody may register users'), name: 'allow_open_registration', type: 'checkbox' },
      { label: t('Messages to users that don’t exist are refused'), name: 'check_recipients', type: 'checkbox' },
    ],
    request: (values) => ({ method: 'POST', path: at`/management/organizations/${org}/applications`, json: Object.fromEntries(Object.entries(values).filter(([, value]) => value !== '')) }),
    done: () => list.reload(),
  });
}

function suspend(org, app, list) {
  const isNow = isSuspended(app);
  const action = isNow ? t('Resume') : t('Suspend');
  ask({
    title: `${action}: ${org}/${app.applicationName}`, action, kind: isNow ? 'first' : 'danger', reason: true,
    text: isNow ? t('Calls are answered again; everything is as it was.') : t('Every call is refused and open sessions are closed, until it is resumed. Nothing is deleted.'),
    request: ({ reason }) => ({ method: 'PUT', path: at`/${org}/${app.applicationName}/settings`, json: { suspended: !isNow, ...(reason ? { reason } : {}) } }),
    done: () => list.reload(),
  });
}

function remove(org, app, list) {
  const name = `${org}/${app}`;
  ask({
    title: t('Delete {name}', { name }), action: t('Delete'), kind: 'danger', reason: true, typed: name,
    text: t('All its users, groups, messages and files are deleted. This can’t be undone.'),
    request: ({ reason }) => ({ method: 'DELETE', path: at`/management/organizations/${org}/applications/${app}`, query: { reason } }),
    done: () => list.reload(),
  });
}

const roles = () => [['owner', t('owner')], ['administrator', t('administrator')], ['support', t('support')], ['auditor', t('auditor')]];

/** What each role may do. */
const explained = () => t('Owners may do everything; administrators all but change other administrators; support reads, mutes, recalls, ends sessions, deactivates and sends; auditors read.');

function administrators(context, org) {
  const path = at`/management/organizations/${org}/administrators`;
  const list = section(context, {
    heading: t('Administrators of {org}', { org }), missing: 'hide',
    tools: el('div', { class: 'tools' }, button(t('Add administrator'), () => add(path, org, list))),
    load: () => get(path, null, context.signal),
    render: ({ data, entities }) => table({
      name: t('Administrators of {org}', { org }), rows: data ?? entities ?? [],
      columns: [
        { label: t('User name'), cell: (person) => own(person.name) },
        { label: t('Role'), cell: (person) => badge(t(person.role)) },
        { label: t('Applications'), cell: (person) => (person.applications?.length ? person.applications.map((app) => [code(app), ' ']) : t('all')) },
        { label: t('Created'), cell: (person) => time(person.created) },
        {
          label: '', kind: 'acts', cell: (person) => [
            button(t('Change'), () => change(path, person, list)),
            button(t('Delete'), () => dismiss(path, person, list), { kind: 'danger' }),
          ],
        },
      ],
    }),
  });
  return list;
}

const named = (text) => text.split(/[\s,]+/).filter(Boolean);

function fields(person) {
  return [
    { label: t('Role'), name: 'role', type: 'select', options: roles(), value: person?.role ?? 'support', hint: explained() },
    { label: t('Applications'), name: 'applications', value: person?.applications?.join(', ') ?? '', hint: t('Names with commas between them; all where it is empty.') },
    { label: t('Password'), name: 'password', type: 'password', autocomplete: 'new-password', minlength: 8, required: !person, hint: person ? t('The old one stays where it is empty; a new one ends this person’s sessions.') : t('Eight characters or more.') },
  ];
}

function body({ name, role, applications, password }, person) {
  const apps = named(applications);
  return {
    ...(person ? {} : { name }), role, ...(apps.length || person ? { applications: apps } : {}), ...(password ? { password } : {}),
  };
}

function add(path, org, list) {
  ask({
    title: t('Add an administrator to {org}', { org }), action: t('Add administrator'),
    fields: [{ label: t('User name'), name: 'name', required: true, maxlength: 64, autocapitalize: 'off' }, ...fields(null)],
    request: (values) => ({ method: 'POST', path, json: body(values, null) }), done: () => list.reload(),
  });
}

function change(path, person, list) {
  ask({
    title: t('Change {name}', { name: person.name }), action: t('Save'), fields: fields(person),
    request: (values) => ({ method: 'PUT', path: path + at`/${person.name}`, json: body(values, person) }), done: () => list.reload(),
  });
}

function dismiss(path, person, list) {
  ask({
    title: t('Delete {name}', { name: person.name }), action: t('Delete'), kind: 'danger', reason: true, typed: person.name,
    text: t('The sessions of this person end at once.'),
    request: ({ reason }) => ({ method: 'DELETE', path: path + at`/${person.name}`, query: { reason } }), done: () => list.reload(),
  });
}

"""##
        ),
        Asset(
            name: "ask.js",
            digest: "3adeb3d48c2234c25a4948b36f383527",
            gzip: "H4sIAAAAAAACA51X328buRF-918x93K7G2zXuaIPBxmqcU1SIEDbK5oD7sEwYGqXspjsLtUl17Lq0__eb4bcX4p9ycUPskQOhx9nvvk4vLykn-i_vXbe2JY2ems7Tc422u9Me0_GUWVbvSJFja1UTZVRtb2ng_E7OuyUZwtvsZCcMlVOqq0IC2jTew-Hnk0qqx0ZX1xcmGZvO09PVKq6phNtO9tQUlyqvSk-uuRqMtB1jlntdu_f5mQPbU773s9WVLY5WzGfNT_82J5Nq7a1fVtqQHRv-o7dG11Xs0V71XkXVl1cvnpFv-w0PagasSG7RQAQmoY2R5xJU6uaMGy8C47cFUzKnS4_beyjRKXrNdmOtqp2uqBXlxdb7C9hDl5TdpjR0wVRp33ftfTz5qMufcGA3rW-M7C5KYqC7Qpd60a33t0WW1N73aWpaRGSjNZ_JflWMKasaNR-PsXeicyWwljhj3tN6_WakgFrkg3b30x-8uhTjHR1e_WiG6DRv-uCDdzN61u6vqa2r-vo6-UFEh2xOmXZ1cVJsnFBr-jnvW4dohw5yFQLXlygYgknIScrSVKn9_Ux5xzwvrDR4LbxdFCOyto6XRVwy57vOi01kIbMZHd0bx6QYPbCVM3p7olLwoLhe-V3OX10FpzEou54uruCg76Ni3NyO3uAC-eBEMRvhST7WpWaOTSWTcOlhgJpuWAYBe9UMBYF53ekqiogCETlpcYDCce-wrSQMFTYTg1VKJMF_cr1eQcER3cnPmLMGFqMFkO-iwEMkbi80I9SLSNRlfuUorKMr5Edrx89renmFiUk0zl9MsiBkKBzPokl5aJROAd-SAXkARp-cjJ4ViKOLz0cscjkJHinBTVyAA4Ih0vbOpxTq4plaT1oQ5qEgyXZ1Wikuw6hWkNCePYBsJ6oszVELFG17nwCn5P1Ho5ctA6iJQsYLBa4ftMYPllZK-dW4cCnIQAzN0JdwS4hCGWIQ0kR8hdYMCFKDYL-y1aarkUnV2GBmGbij4sshC6LXot973ZpsHuiWm10DYKnyX_EKslyYQLQhmVA26jHWrf3freiv7x-nRO03MuSDyMnmRSqr1AOCF9B7z0WHSUDpJu9PxYo6tOEKCTvu3VI35eQ_cLy8MSoTsxLhAgMaSSwAWpwd5qgywAMVO9tievAq9r8jyfsdpsMQEKoa4O4rQcCIY5B0NNUYr2s5KCxWYY4M-7JiYh5yDp_FWihwrFn5BQSLVLFRrs_i4nB9EBC0EAqA4e44dqAMtfKp9lZ7vlkyDknWwTTQdhbOL8Wv3t2C09ivpJ_Wdg1RDhWQdTOPJB7gjXwO9IzCbx0DP0FRo8jwxIIkwm_TflpRSGKIQKFqCRGTkNtXnN23_BownD5B3O6ToA6lFKWS4Jm-YrSMxSkhJYBJaoz6k9CmlpXm2OyCK0kbnJiof2aq7qyZc8XYcFHfdDvwrU4Y4dWD0EiWn2gnzbQszcWl6nFJl0qHmvN-vu33h0HrRlGbe9L9D5RpNAHDF6Fnn8XHV7HEC1uZbnAqvdeN2mk8gy7XKLjunAjS6yKyji1qUUVI6DffjuvNfr--9n2oJcwuwCLGjhkK5nNwrXKsb8uDp3xOhz2xB-CFffJuweA_YdxnoOZJkIxTj0DzOS48Vrm2P0bbYhB-qFGztYPeob-BX-jWip3bEtKNU_PloGzPFLg8Pz_rd6qvvZphB77izEOyxANLcZoOySQ-6xhUA4y-cPpUimYccR3xxHLkB6-6vmamivG1WgjctxDiyduqIOCbPKNL0vzgXOFM_etqmeLNbg122_YcZCaoZlAj2f3UrhoR0dlC95n3ugzDNwxpEtfTzNvqFpBtDpDGC_A8HdaHPW7WPlcb-chH-Bzpy-VyFRLI6aczuGKO5GNbBGDpbbMjzf06INmho2WoiljojxvsT9uqWeOckJgfLmjdN9ZcKeZ78-oFmccSZJPgjyJY3AgeopXyOCwQPfv1P1wZc_3_lxYnt11wdQhHdHi88KSWAFYuiimIamKRW6KZPTS6cY-6GVxBRW9LoyDJrZ4a3BdhUG8MsreTeZC3VFspdH9ALUrvQWeBlcG7X5IsuvzZVErBlacHfASr82WG1tpuqR1LdEA36PV7tsK-s7NMOBML1LdxiZ4GCnE0QF9mD08Eyl0wrvgcgzXLO6spUv6cbK_UCRjEDa2OhZqDz9VTOYyb9xc_5NfyUM4FkkWYTkP5A33OxLCW1youOWfMxKZXrXWpzdcGOudqSrd3gK7E5vQmit0f8FHuIfnmTmN7yj6IC-A6YXv42vEac0PkfqID34lux4FpPi55XQJHciRIW9qfj_Bmh_jkKBj8dyrgdUdQVg8HFie8Ej4hnb-q2_-b-ozxk7q97rAr-gA570cnzc2cbFLqxeissUBQosmMQn94k14AofHr_B21t9FCJWPP-Spn8-uGcxVM8MSD4zFliGHGPJqg9LRjyt6zQBku4z_Fnj_cFd5_k6KL0KJ0NgwZlEuv67H-INi-ILqPSd5_PQKpFp9WeFelrhz8f5GmQi1-X-Xk9yniBMAAA",
            text: ##"""
// A question before something is done: a modal dialog with what is to be said, and one button that does it.

import { call } from './api.js';
import { el, freshID, own, put } from './dom.js';
import { t } from './i18n.js';
import { announce, asCurl, field } from './parts.js';

/** The values of a form by the names of its fields; a checkbox is true or false. */
function values(form) {
  return Object.fromEntries([...form.elements].filter((input) => input.name).map((input) => {
    if (input.type === 'checkbox') return [input.name, input.checked];
    if (input.type === 'file') return [input.name, input.files[0] ?? null];
    return [input.name, input.value];
  }));
}

/**
 * Opens a dialog and returns what came of it: the reply, or null where it was closed.
 *
 * `request(values)` gives the call, `{method, path, json, query}`; `run(values, show)` stands in its place for what is more than one
 * call. `reason` adds the field for it, `typed` a name that has to be typed. With `stays` the dialog shows what `run` returned.
 */
export function ask({ title, text = [], action, kind = 'first', fields = [], reason = false, typed = null, request, run, done, stays = false, live }) {
  const heading = freshID('dialog');
  const error = el('div', { role: 'alert' });
  const press = el('button', { type: 'submit', class: kind }, action);
  const inputs = fields.map((one) => (one instanceof Node ? one : field(one)));
  if (reason) inputs.push(field({ label: t('Reason'), name: 'reason', maxlength: 400, hint: t('Stands in the audit log. It may stay empty.') }));
  if (typed !== null) inputs.push(field({ label: t('Type {name} to confirm', { name: typed }), name: 'typed', autocapitalize: 'off' }));
  const line = request ? asCurl(() => request(values(form))) : null;
  const form = el('form', { method: 'dialog' },
    el('h2', { id: heading }, title), [text].flat().map((one) => (typeof one === 'string' ? el('p', {}, one) : one)),
    inputs, live ?? null, error,
    el('div', { class: 'actions' }, el('button', { type: 'button', class: 'plain', click: () => dialog.close() }, stays ? t('Close') : t('Cancel')), press), line);
  const dialog = el('dialog', { 'aria-labelledby': heading }, form);
  const opener = document.activeElement;
  const leaving = new AbortController();
  let isBusy = false;
  let outcome = null;

  const typedField = () => form.elements.namedItem('typed');
  const check = () => {
    press.disabled = isBusy || (typed !== null && typedField().value.trim() !== typed);
    line?.write();
  };
  form.addEventListener('input', check);

  return new Promise((resolve) => {
    form.addEventListener('submit', async (event) => {
      event.preventDefault();
      if (isBusy || press.disabled) return;
      isBusy = true;
      check();
      put(error);
      try {
        const given = values(form);
        if (run) outcome = await run(given, leaving.signal);
        else {
          const { method, path, ...options } = request(given);
          outcome = await call(method, path, { ...options, signal: leaving.signal });
        }
        if (!dialog.open) return;
        const said = done?.(outcome, given);
        if (!stays) {
          dialog.close();
          announce(typeof said === 'string' ? said : t('Done.'));
        }
      } catch (problem) {
        if (dialog.open) put(error, el('p', { class: 'problem' }, own(problem.message)));
      }
      isBusy = false;
      if (dialog.open) check();
    });
    dialog.addEventListener('close', () => {
      leaving.abort();
      dialog.remove();
      if (opener?.isConnected) opener.focus();
      else document.querySelector('main h1')?.focus();
      resolve(outcome);
    });
    // An address that changes under an open question ends the question.
    window.addEventListener('hashchange', () => dialog.open && dialog.close(), { signal: leaving.signal });
    document.body.append(dialog);
    dialog.showModal();
    check();
    (form.querySelector('[autofocus]') ?? form.querySelector('input:not([type=hidden]), select, textarea') ?? press).focus();
  });
}

/** Shows something that is seen only once, such as a secret, until it is put away. */
export function reveal({ title, text, pairs }) {
  const heading = freshID('dialog');
  const opener = document.activeElement;
  const dialog = el('dialog', { 'aria-labelledby': heading },
    el('form', { method: 'dialog' }, el('h2', { id: heading }, title), el('p', {}, text),
      el('dl', { class: 'facts' }, pairs.map(([name, value]) => el('div', {}, el('dt', {}, name),
        el('dd', {}, el('code', { class: 'secret', tabindex: 0 }, value))))),
      el('div', { class: 'actions' }, el('button', { type: 'submit', class: 'first' }, t('Close')))));
  return new Promise((resolve) => {
    dialog.addEventListener('close', () => {
      dialog.remove();
      (opener?.isConnected ? opener : document.querySelector('main h1'))?.focus();
      resolve();
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}

"""##
        ),
        Asset(
            name: "audit.js",
            digest: "964e2661a3f4ea8e7765f07e97e6ccf8",
            gzip: "H4sIAAAAAAACA41W224bNxB911dMgQLcDTZr56FBIUM13DgF_BAbqJ0nI0CoXa7EhEuqJNeKqujfOxxyL7blNHqQeBmeOZzLoU5O4G4tgHe19KDMag7btYFa1vjLPXgT5m0BjTUtDoUVBXAddnflbCbbjbEe9rASHg7RiJUnfCPLL46djftCFWC2emJTm_aJzRRBvvldP9nm7l1nEWbJ6xWSqEyN340Uqi5gw1fCFuBE5aXRBXi-VLjrZSsmoBtuvYuos8pohxeWLV57Ab-d4lLTaTqOYai4ylqplEREo2uXw34GEM-0phU6HNJiC5fci-y6a5fCPj6Qn-EB2UD2y3QZvn-HaF1Kd82vswhWYvjukGuW5zlY4TurgbGAkCaDq6f28BoeL_1rtLhpGic8br6Ct6f4yUtvrm5vbr2VepXlpVOyEtlpAW_eIs1DH4xOywdhHVd4t8yLbz6HxR9xBOeQTg9MyGBCHOZIGeFm4hsljLudrmCIqVubbYZ-Iu4YzQ33a_T3-dd92iyxeA4nVI-fzwazPWBKVMixNZ0PqeUWfWMtNj6sLkVjQmlWnXXGYs4X0OP90wm7G5Foits_i0glMgKPQJjUUAWp5vq7FXQ3TH2N8QgmDCEMx1lG4UQXWbhzEYkUA00nV5qrvIBWOoeRnoPP2N1aOvRgMS-w5g60GTu1ZHlBrqzQtbDoYA8197znOseqwcwdyO09WUJsjGyfZgCat4I8XQRYRMRobN08AYl243e0fW3CBiCbxnTY_ssdeOQ2cAifyqiu1Xj4flgCDLPiS6HibbBSgotKKFzIEJC4hS4NkzIMcjgUjw69oywdOXaPekLHwh1CY4VxzCkaC5WxWj6wAFYp7pAWa7jUngUH_dFknn_CxRdIX1B6j_gPAkQgVD_PeN9ROYVzX6UOxbCVtWDPUHomsfrg_Dx00ctsbjpfmaNRNHGHwNL4Gae_BXdH79KzsGTwvywu6toK534UFB5NRqgnRLD6nf9hVKPJES6f-uFhKD7S_0kLUumH3uq0j8VcKqFXKDX9GQI55KmdqQMbFOoeo1wLXge9G1sjD-8Lt9V6kLGCNKBIL1MWGxy7cNLf6CKfamzKTFDYB646QUfoRUNPcaUA-oXFYgHMfGWovWxlTM2CwqIpieyoq48pTZS1Fzj0xVhSuTROxRYnpHdpHEWPJsc1NL1HobvQsmW93FmjUEdYZBOqPLVcXICW6x2uum6JYorZFg_4ZNHdeymilXJj6fdSNLxT-IKdzXppCTeiuDikdbP8gqpbhnf9vcZ3STh6l_5CRvg28QifWiqfgtBlVmbIcqpSzFlZlhE-BWQ-PocxL66k9bwP0hGDuJFPBLhTKlRAZEAlfEj_WbLjGhf1mMXMsVQK8-Gp2iheibVRpPesUhLvOb-6RM51K_X8-uLDexS3jbDco_-PV5csFPwRj6OqJY9UHqPD9CY-9mdF4PEBA4btxlIrPccelS9hx0SM4Kn8XmAWojw5TFEPNbvbhCn2sgjvxGv6kzZixv9sMUUvMvuTEjQBjxn7WfSUXyIeOmDZeY9BDHqTzscCpycG3d3GbkgK8B-iejLnagsAAA",
            text: ##"""
// The audit log: who did what to whom, from where, and why.

import { get } from './api.js';
import { el, own } from './dom.js';
import { t } from './i18n.js';
import { asCurl, badge, code, field, pager, section, table, time } from './parts.js';

const limit = 50;

function local(milliseconds) {
  const moment = new Date(Number(milliseconds));
  if (!milliseconds || Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

const universal = (text) => (text ? String(new Date(text).getTime()) : '');

export async function show(context) {
  const path = `${context.api}/audit`;
  const { caller, route, target, after, before, cursor } = context.query;
  const query = { caller, route, target, after, before, limit, cursor };
  const list = section(context, {
    id: 'list', load: () => get(path, query, context.signal), missing: t('This server has no audit log.'),
    render: ({ data, cursor: next }) => [
      table({
        name: t('Audit'), rows: data, empty: t('No row is found by this.'),
        columns: [
          { label: t('Time'), cell: (row) => time(row.time) }, { label: t('Caller'), cell: (row) => [own(row.name || row.caller), el('div', { class: 'faint' }, own(row.caller))] },
          { label: t('Action'), cell: (row) => code(row.route) }, { label: t('Target'), kind: 'wide', cell: (row) => own(row.target ?? '') },
          { label: t('Outcome'), cell: (row) => outcome(row.outcome) }, { label: t('Reason'), cell: (row) => own(row.reason ?? '') },
          { label: t('Address'), cell: (row) => code(row.address ?? '') }, { label: t('Request'), cell: (row) => code(row.request ?? '') },
        ],
      }),
      pager(context, { next, count: data.length }),
    ],
  });
  context.fill(context.heading(t('Audit')), search(context), list, asCurl(() => ({ path, query })));
}

const outcome = (value) => badge(t(value), value === 'ok' ? 'good' : 'bad');

function search(context) {
  const { caller = '', route = '', target = '', after = '', before = '' } = context.query;
  return el('form', {
    role: 'search', class: 'search many', submit: (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      context.go(context.address({ ...values, after: universal(values.after), before: universal(values.before), cursor: null }));
    },
  }, field({ label: t('Caller'), name: 'caller', value: caller, placeholder: 'client:ID, admin:NAME, operator:UID' }), field({ label: t('Action'), name: 'route', value: route, placeholder: 'recallMessage' }),
  field({ label: t('Target'), name: 'target', value: target }), field({ label: t('After'), name: 'after', type: 'datetime-local', value: local(after) }),
  field({ label: t('Before'), name: 'before', type: 'datetime-local', value: local(before) }), el('button', { type: 'submit' }, t('Search')));
}

"""##
        ),
        Asset(
            name: "clients.js",
            digest: "62a5a95c321b242ab181c135a9d9915a",
            gzip: "H4sIAAAAAAACA7VY3W7bNhS-91OcAQUkZZqSAVsxuMuKYc1FgWEdluwqMBpaom0uEumRVJxMM7B32BvuSXYOSUmU7RTtgPWilqjzf77zw5yfw82GQ1kLLq0BtQImgW23tSiZFUrOYbdhFjgrN9CwJ6hUDq20osZzLnP3PwgLO2agZsZCa3j1CgwvNUd5THMwG7WToGTJi9lMNFulLXTAbA5rbmEPK60aSIpzthXFbyZ5FdGY-xw0f-CsjunM_QEdr3MgHSNNpZoDmliT-PIbeaTqh1ajmCWr1hx_WmsVuleqCt9WgtdVDlu25jon3ygyOVi2rPGrFQ2PhG-ZtsZLn52fncHVA9dPdiPkGiyFssQALzmsNZOWVwWcnc_4o7OiVBIDaEq15QYu4TY5S3JIMKDazDVn1fi208Jyel1r1W7Hr-F1-NxwY9DokWA4MFxODwaelagjBv82fNzx5Uape0PPATP0yNpKWHow3Fr01CSLVzPvTi0ahMclfH2B8QiOMvMkS1i10gXSASRFassfbQbdDEIktsxukPPuRRc-FgiR_XnQe_dqIPy9xRAjZee1YdpabZSeQ8_nCAp_CvuRsRaGbAsZ7W3InQ0AtWLVHNIMLr8jqKZkT-6V5YNoI9aS1VkOjTAGXZ-DTZObjTAoVWPqYYOVIdVQYTuBTvkcF0mWO0Uak8HR3LSDilnW2w97p_rW0YCHW9qFNwDJGu60_RASgUZotTNzL2SgK1XdNhKPb4cjoFCxJa8d_08oiJhLXuNBqiR3erGi6LkgPfDnn5D889ffSQb7fMLslcPbNyckUPU4Ed7596Ii9mesuHYxISn3QmLck52oCHOHVqG4EL6GbdPUPfs4udr1B7kPMVxeXgKWEbxGcUzLBFAuqUggWXzAlqvHrdDemAP1nL48Oae4J3rP7FFQfuw74QkJ1C4cP7XL90SUUXSRS2Kn08mhWdEz9CqSZIgSK10JHii5nXBB6Gcp5WvD5Nql2wO7dO8B28ieu6LIsjzi-UVZZnlo6iOrdscnWJ9V_obX3EbKNW_Uw7EECmZwryLrdIKlMJW6iF-jgA3nI4Nr21Ftg8Tf-Vhjns4x7rPQG1xpY--re75igw0Ryzud1lsUV-yYth-kUXjdcfDw0LmV0MaSb5n_locxlHpebAdRyyEyNG8_mw2NM4CxUQ3q9J1TrCD9rD_AbLVaRtAi78Khp4Fv4Q3aV0jswBlWya1DZ-B3ZRJGIrnoAe8wneBhki2wnGKGqXVuahoPyW5U7KF5qv_4hpbQD6p9YHWLr8j-2reg168d7jX_vSUzkFW3iJiGPdZcru1mDi-_6qHA6zTx-jnNpQ7zwgy2wKTcKFFiZVPFElHN134SdngQdaEsh9NdxklNB_MP2wyKOIOUDzM_w3oOVL2Dd57nRed-93eo92nLnW28vF-qRypneiQf0X2UGjU9Icu6rbjpTZrDitWGO3Tksw80shDd0LWSQSsOC05J_KJWJasPAj_2OLTCERy1Pt-N0FfrNTZb-zQHB7iib2aLKTK8oAbLS2BPUbIy8dgng3AoS75z2JzSRQgeCIihwAF9Q1DM4AuID_5Ae9-tVogD_HQGLy_wX1ZY9fb63bXVVNFZYXDb5elFDl--PMDwUlVPqQuIcQ0qthOhhFsUrQ8-M9guLDaaCCue8fYw4Yts3EBCJFGKJ-5Di-Ee_Jt-ySJXMc5tXUcx6UKaAwu99ECeB4NzKIoi7dV8hsglGTSCjjPewfg6H2zdo94Od5O9i1XYWnGHu3bzAV2hjDAXAeNNVa1N-45P27zbYqywNQ_rUj9c6AJiN3Ebta5ZI9FbC7RUucuEpf3K3SiIZMuwj-J6c3u4jpAZ4-6xyCGiGIdZTOVPFzgM9tRsRyAc93GHBLyLhI1s9CZMAhY5wUp_lzo1J3ybmvftkpIRu_19IA23L38dE7hIhnuCwWMmK1wx_R2DYzOIFkscHQYFBQz1Y6XhdqNoAv387vomycOY-c2QjRPIO2uGGVkhQoYtNWyn_X5CMSk0p50ZCbBFc-s7dBiq9G8EiUeIP9_3k3cAE8H23YqAFG99_R46WSgnOTq9yjyfKEcPHQneuynhi8er97r30-xdswd-ImlE-rER_7UP-NxfcD7Hq_Dd-Ytu4hZNhRPpGEwKmXDSPxT5KLRDmJ5Z254NU9j-7KRIPyVoR-vjdLeLwD7-KYIuXAZriJqgZyzcHypUXbmZaCx7MrBWqoIVbnEM60LQZdwof8sWw0Vb823NSl65mxc2IqRdYg3eD0XS5_I2Hpy9ruDxVF0OQkKYSNFoxVVW12w7jlbZNkvnYCMwEhfDaE2-efnVxQXuIItD0HQQhITqeqZWPwidc2_zgKBB5vtg8hx-coal4RwT9n-UeAeDTfNp0boRFBQc94ARqKdvB88C1d8uPgma44XkEJMIERc9v2RSQquJpAKXhyadDigDVt1zaQBXSkzNMKGOkuyFn8jxm6sfr26uPrJBuGsB5bcX9x9bw7_tEugiBBQAAA",
            text: ##"""
// The clients of an application: what each may do, until when, when it was last used; secrets are shown once.

import { at, get } from './api.js';
import { ask, reveal } from './ask.js';
import { el, own } from './dom.js';
import { t } from './i18n.js';
import { asCurl, badge, button, code, field, pager, section, table, time } from './parts.js';

/** Everything that can be granted. */
export const scopes = ['*', 'users:read', 'users:write', 'groups:read', 'groups:write', 'messages:read', 'messages:send', 'messages:write', 'files:read', 'files:write', 'webhooks', 'clients', 'audit', 'settings'];
const limit = 50;

export async function show(context) {
  const path = `${context.api}/clients`;
  const query = { limit, cursor: context.query.cursor };
  const list = section(context, {
    load: () => get(path, query, context.signal), missing: t('This server has no clients with scopes.'),
    render: ({ data, cursor }) => [
      table({
        name: t('Clients'), rows: data,
        columns: [
          { label: t('Name'), cell: (one) => own(one.name || '–') }, { label: t('Client ID'), cell: (one) => code(one.client_id) },
          { label: t('Scopes'), kind: 'wide', cell: (one) => one.scopes.map((scope) => [badge(scope, scope === '*' ? 'warn' : ''), ' ']) },
          { label: t('Expires'), cell: (one) => expiry(one.expires_at) }, { label: t('Last used'), cell: (one) => time(one.last_used) || t('never') },
          {
            label: '', kind: 'acts', cell: (one) => [
              button(t('Change'), () => change(path, one, list)), button(t('Rotate secret'), () => rotate(path, one, list)),
              button(t('Delete'), () => remove(path, one, list), { kind: 'danger' }),
            ],
          },
        ],
      }),
      pager(context, { next: cursor }),
    ],
  });
  context.fill(context.heading(t('Clients'), button(t('Create client'), () => create(path, list), { kind: 'first' })), list, asCurl(() => ({ path, query })));
}

function expiry(moment) {
  if (!moment) return t('never');
  return moment < Date.now() ? [time(moment), ' ', badge(t('expired'), 'bad')] : time(moment);
}

function fields(one) {
  return [
    { label: t('Name'), name: 'name', value: one?.name ?? '', required: true, maxlength: 64 },
    el('fieldset', { class: 'choices' }, el('legend', {}, t('Scopes')), scopes.map((scope) => field({ label: scope === '*' ? t('* (everything)') : scope, name: `scope ${scope}`, type: 'checkbox', checked: one ? one.scopes.includes(scope) : false }))),
    { label: t('Expires'), name: 'expires', type: 'datetime-local', value: one?.expires_at ? local(one.expires_at) : '', hint: t('Empty: never.') },
  ];
}

function local(milliseconds) {
  const date = new Date(milliseconds);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function body(values, one) {
  const chosen = scopes.filter((scope) => values[`scope ${scope}`]);
  const expires = values.expires ? new Date(values.expires).getTime() : null;
  return { name: values.name, scopes: chosen, ...(expires !== null || one?.expires_at ? { expires_at: expires } : {}) };
}

const showSecret = (data) => setTimeout(() => reveal({
  title: t('The secret of the client'), text: t('It is shown this once.'), pairs: [[t('Client ID'), data.client_id], [t('Client secret'), data.client_secret]],
}));

function create(path, list) {
  ask({
    title: t('Create a client'), action: t('Create client'), fields: fields(null), text: t('A client may do what its scopes say and nothing else.'),
    request: (values) => ({ method: 'POST', path, json: body(values, null) }),
    done: ({ data }) => {
      list.reload({ quiet: true });
      showSecret(data);
    },
  });
}

const nameOf = (one) => one.name || one.client_id;

function change(path, one, list) {
  ask({
    title: t('Change {name}', { name: nameOf(one) }), action: t('Save'), fields: fields(one),
    request: (values) => ({ method: 'PUT', path: path + at`/${one.client_id}`, json: body(values, one) }), done: () => list.reload({ quiet: true }),
  });
}

function rotate(path, one, list) {
  ask({
    title: t('Rotate the secret of {name}', { name: nameOf(one) }), action: t('Rotate secret'), kind: 'danger', text: t('The client gets a new secret. The old one stays good for a while, so that it can be replaced without a break.'),
    fields: [{ label: t('The old secret stays good for, in seconds'), name: 'overlap', type: 'number', min: 0, value: '86400' }],
    request: ({ overlap }) => ({ method: 'POST', path: path + at`/${one.client_id}/secret`, json: { overlap_seconds: Number(overlap) } }),
    done: ({ data }) => {
      list.reload({ quiet: true });
      showSecret({ client_id: one.client_id, ...data });
    },
  });
}

function remove(path, one, list) {
  ask({
    title: t('Delete {name}', { name: nameOf(one) }), action: t('Delete'), kind: 'danger', reason: true, typed: nameOf(one).trim(), text: t('Its tokens end at once.'),
    request: ({ reason }) => ({ method: 'DELETE', path: path + at`/${one.client_id}`, query: { reason } }), done: () => list.reload({ quiet: true }),
  });
}

"""##
        ),
        Asset(
            name: "dom.js",
            digest: "99755f9497fdb4b159151a42c7e8a3ba",
            gzip: "H4sIAAAAAAACA61UTWvbQBC961dMIcRSqkpue4txQ2hzCPQLciyFrKWRtY28K3ZHVozxf-_srmzZ1IEcejDC8_nmzdvJc7hrcIWKLAhVAuEz2WtQmmqpllCjQTAoSgsrYZ66NgWrD16qBYEAi2aNhj-KwwqhYIGFXqHzFEa2lEVRoZUlKI3oXd4cJjVRe53nfd9n_cdMm2X-YTqd5na9nMyiqOpUQVIrqGTTxEqXmIIgMnLREdoUilo2pUGVwDYCqLSBOHT49YSbFNai6fA36Ap-LP5gQRmPZyTaeKyRhFQAWUFMmxY52KfBfM7w9gAmCbjumSjLuzVX-SotoUITj32Sma-DjUVfbKxChr0h3yLd7nuH3MnkfOIbTlRd08DlJYyWTpVYSYXlqbkSnPxiixHejn-ibXlBA5kHAp3XIHVG-SqzaHfE_vkUT1xgJfizLNs7s6oRFN8rxippk2S8P2K2Yu9PYP4plDmZcrScTDma_ZSnJmYv8Vjzqyv4Jp7QqZep9EqeHWll0Cir2LdjpYRqztJgRaA7SmE_sYXGLxhIA7p92wyu8gifW23oEMV9YiVWJ5pkTW93KRxREXgauPU6LnXROXxZwS-KcHh3vlTygr5fnNGJW-wf1FmQ_JT-I8rvD_HQLIVXAf7Z8UVR2B9cIBW0jSjQQadaWwwzeCWdG6DtaJDeP3h9jkFf7vPgib2WX69yB_LW37ugEcsna6HLTXiQvdGE1yB5iFIaDIgYb28kuRNmSWysd-tenYXP9thVP2GYlTNZlHKS-j08MIFq6aPg5mYUdYMEhe54y3OYzgaoTGAZkCoNfID54h5pgf9DK5YItTiv2cqgre-_xCzvVYAUOrydw_sjeh4vti5i9-5i6_27R4foL57sgx8mBgAA",
            text: ##"""
// Elements and texts: nothing here reads markup, so nothing that a server sends can become a script.

const drawing = 'http://www.w3.org/2000/svg';

function fill(node, attributes, children) {
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
  }
  append(node, children);
  return node;
}

function append(node, children) {
  node.append(...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== false && child !== ''));
}

/** Makes an element; attributes that are null or false are left out, functions listen to events. */
export function el(name, attributes = {}, ...children) {
  return fill(document.createElement(name), attributes, children);
}

/** Makes an element of a drawing. */
export function svg(name, attributes = {}, ...children) {
  return fill(document.createElementNS(drawing, name), attributes, children);
}

/** Puts new children in place of those of a node. */
export function put(node, ...children) {
  node.replaceChildren();
  append(node, children);
  return node;
}

/** A text that somebody else wrote: its direction of writing stays its own. */
export function own(text) {
  return el('bdi', {}, String(text ?? ''));
}

let count = 0;

/** An id that no other element of the page has. */
export function freshID(stem) {
  count += 1;
  return `${stem}-${count}`;
}

"""##
        ),
        Asset(
            name: "group.js",
            digest: "be3fb371d4cd230e9c378d0f250a62c3",
            gzip: "H4sIAAAAAAACA50a7W7bRvK_n2ILFCCVsrKTuxaFfK6Ri9NDD3UTxMn98QnxSlxJjEmujktZ8akC7jXu9e5Jbmb2m6IkJ0XhiMvZ2fn-4p6esje1YPNGrpZMNqyRshqx9YK3rID_VQa_JfzLihoXeJ2zij8SgHtVrVqRZ2aTApharuqpyAlaLXgj8uHJSVEtZdOyDcOdcwF_lID3WzZrZMWS4SlfFsNPKjkPINV9-F7dd96LMmNyXQcwuaw6MJPHVgAXasnrjLUBaPH8p7oLC6T-zisBvMgmVwEwyUd1wFUrGxEAfZKTLoiVRQa8vFo1QO-E53N4nKzaVgJFU5kL_LuqQSAzPm2B1lkhSpBnWdT3GatluyjqecaWfC4aFNq0LXBnyyclbG2LKqRhyZu2SwQqzEMooRQg6MC0vAxljY8diHzVcDw5FMtKiabLcZ43cAIopgYGxJsZUA4LAoTQ2WjIPJkCzpap4t-CXbAfzmBFfCZkXD3WUzYD-eG5YElynQJwKz63A7Y5YUzvvC_AjC60ytz7c_d6ydsFvL77doOAQ3zcnn67AYJA9B_e_fpKAum1qFu7d1jkg-2dRwCs85aP2O0MtJSPgYsLxtccvAGsOEV8oKVVWaIaNQJVzGteBjSsmwKsEPaBKtJEG9OIFpMAqhLVBMQCYEbJlqIMaFgInoMdjFibJtcaMBmA-qUs1cgecGnsKgWgl3luMSJgOmAXP6N2DMXm1WDARob6UvJ8ZODwtznFE4EbAVMDbisagESLJGi9sgOP8ta7tPW6QzND74BtLfskt1lRlik8-xXDdQpenpL4hzX4J_vjDxYoK_Psc5LbHhoIgefcMD7I6ERRpklePCQo62nJFQg1mcpyVdUqYVs0YgnkCY-ZsMHZwUYAsw5fBQZlzzdMa6KGhXoHsRZoRiKAFsSu9mwZGCKd_MiOKvAzEKsaNSClZACo0G09ikBETsk6DKVay-lGe8cWDjg_2Z6cOF_bw23gdaAR0YCp2php1EPL_mjZzP0DXy5J3Y1oV01NgjOGHkkdIrUoSeZ9OkGLcC8XL4zYwd7fapITFFbvzonMH2knhdn0liR6Czt_zdFBMBwYJkBg44xeIWf4MrY_-_ZKqGlTLImDgZHRMPeLoBG_MVi36jBo3qDMEAFG_NQEUC96EqmhQf-G8x3xQSyAEEeJxBzIZyCPQsfsj_RisGWnLAaq-GeKxRDxDDWvwJogn1NwKZxep3o1PPkfhSompfCcL1eTsphiEMIchzFIryQUZPxiUzxwjHwhsr_LogZH98iMqUMWeUTDTpN1AZYKJtTIB14miBEWZ40ARAGem5ZQZyZaD_NCYZ7MQ6rsGoIlE3Id6x7mbChowg3iQTSPaD6u2qGta97UO3vdgRCjImzGzR1SKKhA8A_FlMhN5lIC1nHAyqsVFBiVl8iUniOb0kvenGDveMeXvygmbrx_agfxCeXVgtdz4XPJlJ4PoLVRy6CIpAH4PtT02wnX6vS6s-pyl7pPN4SQgWW2pRixr0ephfJlGBITuiGW5Mh6k2Ay5ArxtM1KZJY4EMcuZuOounzGsM74nBf10J7wuyQLA2ExE0R5XoFTqBbqLtkoqqbbhVQCSiv4AfvLUq4haEA0nvLaIAXXLkpdu8OrGdgqnGApa8S_VkIBcRD5NeUQ-00mqAQgzzt0J1evf3v9_nUCJCZv39y8T7SCRxhrdCU14fVdxgBt8zhiHivgzVgOdZWtKGwSaATWFqkhaduxEWdmWgYHle9hURgO3mq2B1VXeVpRAPgeENRibZLagiuoq9gEJGwc41wfUeYgegF1P38EdSj3OpAw1e6QbW43rOQTUWrVWtRIBCYQIAKO00sZaaWAJslYEeOrVk6hG4JsDkUxwMrZDBLXuE-LFs2uHpO3H6y6MvaJjDQEf7KCqPgs8lwAgrBw2e5o7qpQVaHUMaUZMLZBSWwpRWuZBAXeNlZkgPmgA7L2cSnyENOwbYoKqIkqxthRsQJola-tqBDTvatoW0hK8AB9XiMq-QBxfQZdMoaHL3Qr60lWI70eY_CFarHy8zXxXKaU6fXThCuB_Yx9JqHeUZ1liaNoDlxqgWNgyLU8MTbsEb_dvw3NIJa9IXgcZ5vjWYFY8qax481fYBc3_EFYNTjPM5RHDmjKOOt7-JgxqCNWEfpdV4TyqBT1HCPe8xc_WWnEyDtVoDkjKPcSbZewiCIBW-LdwwPg6Mwfnr_oP_Na-n4xONRWc_7EeoUw8AypBHhw596AX0Bf1SkC_WHD4TCN25TbMfPCjakxxRtEF5GroEbzdPlizpM2XYjp_UR-hhX66R03rP0cRR0BBNm0qB-KNtQvJUa9qp5yXgjvDxwbwzJxN4q6ZCxdrZEMMxRdRYMhEwIMuoNx-TaWtbZQTLo0K6Cn8ejQsSP2O2k6dboMCHE-fNKNLn1Bf6vrx870Zf9EIGgKscuHnvAaltGoUrA3Q5Y9iMLeEOHAMiksPw8mILdLIZc41YpLn4yKbjV2gxfo9SB-CVSc6eNwFONqEhLAHQYQc9DIzB_wr6KcSuOm7c7IJosRERl3e8Y7HVgkcS8oFeaeT1Qkznk0u0OcL4G8lmkKqrGJQ9syLOieml1e0oP2jQyiOLWNIcQ3FxdQ_uViVtSQp7aDsNnWVqilQKd3ZTyiAugGOIrXA-Ko9UXqdGKVv8m1aF5B_kn9gAL1pFFdwxZ67GHvFomm4WGEJSNmxOclhODxYGBniCOjdTtR9PZHnMSoEQMRqm2ZTPn02TOGJR7NSksxA1QzLN6wxm1xai1qjFstrkmc3JzbQhvBprCwah6pCHDJnz07NYNLwnfBUk221p7-zX5mfxYQwan8tzttub9BYra0m1IdPo5oTJ3a7d-zK2hmh7Vcg4Chc39-dnY20Hr1-fYJs7fNIb0b37KyRp_YmdJ5B6eWBbklPg2gjR4bKGoK0ercaWqIqJekkbULiNrA4xFGI9dqZAkV1bJ9NL2RG45S7wMlDLIUlGBmVLcvQ30AWyO0NOkRZenCuAnT_aMXMiQ9edE2tS8dvZPlLmrnpDYV2MdgtODaAjMAAOPo-B90I2mPw4VIoh162tKmJukm-4l-a-by-2Ri5_apNg0jjr0Z2XTIfZhMIDjGCjqDAcXQ2htmgrFLkkTEYMniBsG-_0oS1zTg3C9xFNqIoeX00kxJtMvIeicJEfU2unTIMk50GIR8ByimOmrsLHccZ2f6zBMO_mtqUnSk03Uhu4BATwnsUmfc79hzN4Va8gZAW8wMicl-eyr1Pr53DBd_vgzlgAvX-oOfYQj9uZg56x5Yn0-SnQBgtkbfKfTE5VjTaOYynd6g2w94XL5aO9yIjfQE_DuI_neUwqGV0i1U0CATo25ggUM8R_31E2i_fgLlT5ovhQ0rjnz-95__mm9LbCFMduJsvYAGdsjeLAVOGOljn6KZBZO4hI3tXDJKHVNRPEDhfmx-8QvgXeCoSeoJrSmzlQAzzYMKW4lSTFvf3CR_-vHsDB4lFauA1X1DTAd75hkGZ9bto52X-zK6dxxlqjBbV2ONQa4DHOG_Y-2pHy0hrmw25w7YX9gZmOf36FDdV88oA1NdnRryLsMGHg7cBhGp28_HVpQZh4icK3KMK1HJ48b1nt_rAVgDKYgKlgghfXA9Ynv-oK_yGjrwC90GC_gnMHeNzJmxBa9j1vayE-A-wE-_-diCP5iX0dLInLSXu-4s7B1Ni47xp6GO6cfj2o0OX6Ev6o6O6uup857dL8p75zudL9IBh_Gbk72ByJVx4dDD-XjPKHVR1Dpg3mDtzUtGX5Gmsqq4YhPRroWgWXp1zn48ww6gkqodEnUHh7BhyHLn981ge63M9qc9Ucr9HKplWbTp6e0_VTb-7nSAH8chq6d_leDnHOuI3ob-SEke9Pdeg8c_WYefhXbvJhAR4f2ElwFG-q4Z3CyI--sA8FDvzPylA30bw4h646p_bE5wF_Qm-P5yGKLG3llXIxRzoVb5xjJmp6O49ZI-Gy-jj8b4AhbyAusptAn6gqyvoIzs5ZyUWhT6GV2AAkNyg1RNYlEvV0gjWXcamnZXZnaUFS4fmCNqVcSjww7ZHVKMCbtm7gnBMdaWtd5weaQ51GOeGyoHZJN6egdDopeM9_wkGlCj7KGAqUj8ajWpCnQvcNu6JfoUfxD60cW9AdWneGD_F3_z5ZNUZi4-2J16g47Xuv82JQwdrJVs58sDq8Xt_vFYL3VonrQ2hFYK_70SM74q2zS8noQdJyhBw4GUwEG64rtF4i40aWN9Y4i2-Y_NF-Tg-KJtHo1b2NtLWqvhxJGuMBkqU8ObHrHglbw03rAxWyyc0XZqxOOMfAsVaTtdgMqaRjYDQ4QDp9WhubKiN_SxMeOlEnF8OnQxJhhN1DIXvVendsLTDV1J1HgPhie6u_iR4OJpYu9Qk-D0SDOcNL4465szHghqdoIRT0uCeUmXfj00QQydmQlBBMV975ik_0uJSf3rIhe-Y0Z8esiGNxCwy8A_H-1YIEJ0A8wHiNx3iC4qup8ZIEOhRW19TJ-7K9NHkr-L5NAdu4-0SzcJt-8EfRsGMdvLMB0yg9_s6PTBob2NtkXfU4F4tE0qRyjcaBule6epdtg08Nvkb69t1DalXmDAUPB5qRT5lgxaW-OoY51Yzw4npZzgRLaj5kHWIbfn5uEVBK59tb3_L_ggTPA93_2io3e7FnvK0z4JR8iyHXK-_Bvu6OmSPn49AqPXoaIt_G9PcW5HQBH0OHwMzHW826XumTzR9D4YPL3A_jg9FgEHe4dSOmy5c8c2p7pCAEWBGeD_T4pS55suAAA",
            text: ##"""
// One group or room: what it is, who is in it and may what, who is muted, what is announced and shared.

import { at, get, send } from './api.js';
import { ask } from './ask.js';
import { el, own } from './dom.js';
import { bytes, span, t } from './i18n.js';
import { bareName, words } from './groups.js';
import { store } from './jobs.js';
import { announce, asCurl, badge, button, code, count, facts, field, link, nothing, pager, section, table, time } from './parts.js';
import { may } from './session.js';
import { talk } from './talk.js';
import { durations } from './user.js';
import { address, onlineOf, presence } from './users.js';

const size = 50;

export async function show(context) {
  const kind = words(context);
  const path = `${kind.path}/${encodeURIComponent(context.id)}`;
  const { data: [found] } = await get(path, null, context.signal);
  const writes = may('groups:write');
  const members = section(context, { heading: t('Members'), tools: writes ? button(t('Add members'), () => add(path, members)) : null, load: () => loadMembers(context, path), render: (page) => renderMembers(context, kind, path, page, members, writes) });
  context.fill(
    context.heading(own(found.name || context.id), writes ? actions(context, kind, path, found, members) : null),
    el('div', { class: 'columns' }, profile(context, found), el('div', {}, announcement(context, path, writes), kind.isRoom ? null : files(context, path, writes))),
    members, may('messages:read') ? talk(context, context.id) : null, asCurl(() => ({ path })));
}

function profile(context, found) {
  const owner = bareName(found.owner, context.org, context.app);
  return el('section', { class: 'panel' }, el('div', { class: 'head' }, el('h2', {}, t('Profile'))), el('div', { class: 'body' }, facts([
    [t('Id'), code(found.id)], [t('Name'), own(found.name)], [t('Description'), found.description ? own(found.description) : null], [t('Owner'), link(address(context, owner), own(owner))],
    [t('Members'), `${count(found.affiliations_count)} / ${count(found.maxusers)}`], [t('Created'), time(found.created)],
    [t('Visible'), found.public ? badge(t('public')) : badge(t('private'))],
    [t('Joining'), found.membersonly ? t('with approval') : t('free')],
    [t('State'), [found.disabled ? badge(t('disabled'), 'bad') : null, found.mute ? badge(t('everybody is muted'), 'warn') : null, found.disabled || found.mute ? null : badge(t('in service'), 'good')]],
    [t('Custom'), found.custom ? own(found.custom) : null],
  ])));
}

function actions(context, kind, path, found, members) {
  return [
    button(t('Change'), () => change(context, kind, path, found)),
    button(found.mute ? t('Unmute everybody') : t('Mute everybody'), () => ask({
      title: found.mute ? t('Unmute everybody') : t('Mute everybody'), action: found.mute ? t('Unmute everybody') : t('Mute'), kind: 'danger', reason: true,
      text: found.mute ? t('Members may write again.') : t('Nobody but owner, administrators and those on the allow list can write until it is lifted.'),
      request: ({ reason }) => ({ method: found.mute ? 'DELETE' : 'POST', path: `${path}/ban`, query: { reason } }), done: () => context.reload(),
    })),
    button(t('Change owner'), () => ask({
      title: t('Change the owner'), action: t('Change owner'), kind: 'danger', text: t('The new owner has to be a member; the old one stays as a member.'),
      fields: [{ label: t('New owner'), name: 'newowner', required: true, autocapitalize: 'off' }],
      request: ({ newowner }) => ({ method: 'PUT', path, json: { newowner } }), done: () => context.reload(),
    }), { hidden: kind.isRoom }),
    button(t('Dismiss'), () => ask({
      title: t('Dismiss {name}', { name: found.name }), action: t('Dismiss'), kind: 'danger', reason: true, typed: found.name.trim() || context.id,
      text: t('Its members, files and settings are removed for ever.'),
      request: ({ reason }) => ({ method: 'DELETE', path, query: { reason } }),
      done: () => {
        context.go(`${context.base}/${context.name}`);
        return t('{name} is dismissed.', { name: found.name });
      },
    }), { kind: 'danger' }),
  ];
}

function change(context, kind, path, found) {
  ask({
    title: t('Change {name}', { name: found.name }), action: t('Save'),
    fields: [
      { label: t('Name'), name: 'name', value: found.name, required: true, maxlength: 128 },
      { label: t('Description'), name: 'description', type: 'textarea', value: found.description, maxlength: 512 },
      { label: t('Most members'), name: 'maxusers', type: 'number', min: 1, value: String(found.maxusers) },
      ...(kind.isRoom ? [] : [
        { label: t('Joining needs approval'), name: 'membersonly', type: 'checkbox', checked: found.membersonly },
        { label: t('Members may invite'), name: 'allowinvites', type: 'checkbox', checked: found.allowinvites },
      ]),
    ],
    request: ({ name, description, maxusers, ...more }) => ({
      method: 'PUT', path, json: { [kind.isRoom ? 'name' : 'groupname']: name, description, maxusers: Number(maxusers), ...more },
    }),
    done: () => context.reload(),
  });
}

async function loadMembers(context, path) {
  const page = Math.max(1, Number(context.query.pagenum) || 1);
  const [people, administrators, mutes] = await Promise.all([
    get(`${path}/users`, { pagenum: page, pagesize: size }, context.signal), get(`${path}/admin`, null, context.signal), get(`${path}/mute`, null, context.signal),
  ]);
  const names = people.data.map((one) => ({ name: one.owner ?? one.member, isOwner: one.owner !== undefined }));
  return {
    page, names, administrators: new Set(administrators.data.map((name) => name.toLowerCase())),
    mutes: new Map(mutes.data.map((one) => [one.user.toLowerCase(), one.expire])), online: await onlineOf(context, names.map((one) => one.name)),
  };
}

/** The time left of a mute that ends at a moment; those of a century are for ever. */
const left = (expire) => (expire > 4e12 ? t('for ever') : t('{time} left', { time: span((expire - Date.now()) / 1000) }));

function renderMembers(context, kind, path, { page, names, administrators, mutes, online }, members, writes) {
  const again = () => members.reload({ quiet: true });
  return [
    table({
      name: t('Members'), rows: names, empty: t('No members on this page.'),
      columns: [
        { label: t('User name'), cell: ({ name }) => link(address(context, name), own(name)) },
        { label: t('Role'), cell: ({ name, isOwner }) => (isOwner ? badge(t('owner'), 'good') : administrators.has(name.toLowerCase()) ? badge(t('administrator')) : t('member')) },
        { label: t('Presence'), cell: ({ name }) => presence(online, name) },
        { label: t('Mute'), cell: ({ name }) => (mutes.has(name.toLowerCase()) ? badge(left(mutes.get(name.toLowerCase())), 'warn') : '') },
        ...(writes ? [{ label: '', kind: 'acts', cell: (one) => memberActions(path, one, administrators.has(one.name.toLowerCase()), mutes.has(one.name.toLowerCase()), again) }] : []),
      ],
    }),
    pager(context, { next: names.length === size ? page + 1 : null, parameter: 'pagenum' }),
  ];
}

function memberActions(path, { name, isOwner }, isAdministrator, isMuted, again) {
  if (isOwner) return '';
  return [
    isMuted ? button(t('Unmute'), () => ask({
      title: t('Unmute {name}', { name }), action: t('Unmute'), request: () => ({ method: 'DELETE', path: path + at`/mute/${name}` }), done: again,
    })) : button(t('Mute'), () => ask({
      title: t('Mute {name}', { name }), action: t('Mute'), kind: 'danger', reason: true, text: t('It can’t write here for a while. Open sessions stay open and go on receiving.'),
      fields: [{ label: t('For how long'), name: 'seconds', type: 'select', value: '3600', options: durations() }],
      request: ({ seconds, reason }) => ({
        method: 'POST', path: `${path}/mute`, json: { usernames: [name], mute_duration: Number(seconds) < 0 ? -1 : Number(seconds) * 1000, ...(reason ? { reason } : {}) },
      }),
      done: again,
    })),
    isAdministrator ? button(t('Demote'), () => ask({
      title: t('Take the role of administrator from {name}', { name }), action: t('Demote'), request: () => ({ method: 'DELETE', path: path + at`/admin/${name}` }), done: again,
    })) : button(t('Promote'), () => ask({
      title: t('Make {name} an administrator', { name }), action: t('Promote'), request: () => ({ method: 'POST', path: `${path}/admin`, json: { newadmin: name } }), done: again,
    })),
    button(t('Remove'), () => ask({
      title: t('Remove {name}', { name }), action: t('Remove'), kind: 'danger', request: () => ({ method: 'DELETE', path: path + at`/users/${name}` }), done: again,
    }), { kind: 'danger' }),
  ];
}

function add(path, members) {
  ask({
    title: t('Add members'), action: t('Add members'),
    fields: [{ label: t('User names'), name: 'usernames', required: true, hint: t('Several with commas between them; 60 at most.'), autocapitalize: 'off' }],
    request: ({ usernames }) => ({ method: 'POST', path: `${path}/users`, json: { usernames: usernames.split(/[\s,]+/).filter(Boolean) } }),
    done: () => members.reload({ quiet: true }),
  });
}

function announcement(context, path, writes) {
  return section(context, {
    heading: t('Announcement'), load: () => get(`${path}/announcement`, null, context.signal),
    render: ({ data }) => {
      const text = data?.announcement ?? '';
      if (!writes) return text ? el('p', { class: 'text', dir: 'auto' }, text) : nothing(t('Nothing is announced.'));
      const input = field({ label: t('Announcement'), name: 'announcement', type: 'textarea', value: text, maxlength: 512, dir: 'auto' });
      const request = () => ({ method: 'POST', path: `${path}/announcement`, json: { announcement: input.querySelector('textarea').value } });
      return el('form', { submit: (event) => save(event, request) }, input, el('div', { class: 'actions' }, asCurl(request), el('button', { type: 'submit' }, t('Save'))));
    },
  });
}

async function save(event, request) {
  event.preventDefault();
  const press = event.target.querySelector('[type=submit]');
  press.disabled = true;
  try {
    const { method, path, json } = request();
    await send(method, path, { json });
    announce(t('Saved.'));
  } catch (error) {
    announce(error.message);
  }
  press.disabled = false;
}

function files(context, path, writes) {
  const node = section(context, {
    heading: t('Shared files'), load: () => get(`${path}/share_files`, { pagenum: Number(context.query.files) || 1, pagesize: 20 }, context.signal),
    render: ({ data }) => [
      table({
        name: t('Shared files'), rows: data, empty: t('No files.'),
        columns: [
          { label: t('Name'), kind: 'wide', cell: (file) => own(file.file_name) }, { label: t('Size'), kind: 'number', cell: (file) => bytes(file.file_size) },
          { label: t('Owner'), cell: (file) => own(bareName(file.file_owner, context.org, context.app)) }, { label: t('Shared'), cell: (file) => time(file.created) },
          {
            label: '', kind: 'acts', cell: (file) => [
              button(t('Download'), async () => store(await (await send('GET', path + at`/share_files/${file.file_id}`, { signal: context.signal })).blob(), file.file_name)),
              writes ? button(t('Delete'), () => ask({
                title: t('Delete {name}', { name: file.file_name }), action: t('Delete'), kind: 'danger', reason: true, typed: file.file_name,
                request: ({ reason }) => ({ method: 'DELETE', path: path + at`/share_files/${file.file_id}`, query: { reason } }), done: () => node.reload({ quiet: true }),
              }), { kind: 'danger' }) : null,
            ],
          },
        ],
      }),
      pager(context, { next: data.length === 20 ? (Number(context.query.files) || 1) + 1 : null, parameter: 'files' }),
    ],
  });
  return node;
}

"""##
        ),
        Asset(
            name: "groups.js",
            digest: "835cee5222b61c5f54cee272c09e1586",
            gzip: "H4sIAAAAAAACA5VXbW_bNhD-nl9xwApI7gS5KVCgUOAFW4cN-7C2aAvsQxY0tETZbCRSJak6nqH_vuORkmjHDbYCa2XyeK_PPXdbLuHTlsNGq74zoGpgEljXNaJkViiZgdIgrAGtVGvyiwvRdkpbOMCGWxig1qqFJF-yTuRfTHI13zNzH9-b-5N7tZPRfaXak_tYu7h8LR-pf9PrJoN1b61zs1QVd3_30mbQCHmfQcc2XGdgONPl9jelW_dd-qgsWzcob0XLIzsd09acGGrZPpIw3BhUcOpMVWm8iOR6w3XQdFEqaSz61AoLK3j1Ao-Wz59T2ndKVwZTXqGzdkv5D5VwZ_jLpx2eLy_4Axmre0kh-Kcp6rb8wS7gcAGgue21hHCWS4bBrVYrSEhLghIA1-iuMB_woACre56R5QLunh3Gd1jLYVlumaVndy5LtuEoniYfSNFiTCqdfaRP76m7KjVn1ou_oU-6cje87eyeLjB2zYHhf1L5l7DnNndC9xxFElElMJDDReRwzRrzpMc-eUcu_05H533eTHePnaa7J7wOdTp2mw7J96uLwZf5Z-mgzjXshN2q3oLFukcdlhigQq15rVCzsGervUarb1EsJV2uKzeZ0-IL7xHWaV6LB4QYZgbvhx-eHVBi-Hx3NWODnl_nxjqk_4Uepf7VAoFBd7lBx3g4zRsuN3a7wCL4GK6vIUkotOAgM3tZzm6ardodY9K7di8QzqsTzF5N1wdKAVah1wb5ZkDRsbRfe673s2QjjGui0MejqoxMAYgKa-BEEuQAxfBXuoDVT46rUudC7pCTTeaoJWer2WTUiI1kzSIjpZrLimtUdYCKWTbKFyBRFAYycEOS4GklPYRfQHYKij4nRGYI9p0pgqKALCr_tQPYW2W3Qm4Q71Ajk1Ww3iNchEGEQVBDb7LJQKmavpWo8WY6AoyvYWveEGYdaAif-BiTsxMVx-SUvMHrVElO7ju-TKN-WjPDh-X823nofqP8DXmBaL8dsM0QFU5JTrj3cSCO8CD6nl8sFpjk7_j5R0VteOyXI_X0WMWJhugbIm3vHFrPKDyWH0Hlsb2KmgwjCI02poAabuabjtAb_wkNRqkM82CGJylbhHzR98n7o6i-m6Q_ebvGuRLVU_buJDmTORyEFAera9EIohozVic--0yiJ3nN89w3jGdeROfNLSLwJnbmzZbJDT9XNjdVyXbDjP3cqkrUgldo4nYxG7kdP4fpkAZ21NPUYWGo-54JhDS9ISXDyCRUG4ysGXXkW84qbKg07kAc6KknalPstLDYHhif3yO8oB8GWSAP_2t2y4lkREQL52MoRC000o6jA2zovhnJY14-4rhCEsmYl8gCVSTuH6fGW8jCnpN6V5CC_OyLyIwIsvgep6EmBzUk7Imjn4iH-gNXtcBgYYge5YSRkuNDEsYSN1VEROdIKI4RqZB_7YXm1biItOzBl7eAy5evHR_HOn7lptSio5E5q6qiU5z6-84duriwlVlypPPV5csZ5IdzZBF0UoOe8Y_1VpW4aljWiH9IsK6T8yqjRg1K23CSATK8nbJiaC1A8LYtM7gD2B3n0q0I7RUtCp6acB5gO-FOuN-xPa0b_8cXhRTXPnaIPdCSOqdt4pJWYIEvM_jGmt5dvHzxItL9n7gB_y9izcMQc6vsFyUkp3nGvyFe16raR750_Rq3jtmTcsvL-7V6SGbKuB2HMeLdWJrGHvARAgLPZmO0VH4KEndGMlFgKt_TVxjc40Dwg0BSRVbj-9zglmbT5c3fJrv9cblw3GKRoX5RquFMThTuH5stYs5tOYfJjWC9gLeU2nQ8wMhdFsncSGluMQ92i-DI4JZf9HMYDYUZM0-xluNO6ejn_buPn5LsETtMgl_M1LRT2c5mEP0KgZB1mCZ7EUkXx29Oc3ukZaJ5H0T4XSGex-3MUU-uuVvYsKrYc9z6lgs0PxCB_QsH_aMXqQ4AAA",
            text: ##"""
// The groups of an application, or its rooms.

import { get } from './api.js';
import { ask } from './ask.js';
import { own } from './dom.js';
import { t } from './i18n.js';
import { asCurl, button, code, count, link, pager, searchForm, section, table, time } from './parts.js';
import { may } from './session.js';
import { address } from './users.js';

const limit = 50;

/** The words and paths of groups and of rooms. */
export function words(context) {
  return context.name === 'rooms'
    ? { isRoom: true, path: `${context.api}/chatrooms`, title: t('Rooms'), search: t('Search rooms'), create: t('Create room'), empty: t('There are no rooms yet.'), key: 'id' }
    : { isRoom: false, path: `${context.api}/chatgroups`, title: t('Groups'), search: t('Search groups'), create: t('Create group'), empty: t('There are no groups yet.'), key: 'groupid' };
}

/** An owner without the application's name before it. */
export function bareName(owner, org, app) {
  const prefix = `${org}#${app}_`;
  return owner?.startsWith(prefix) ? owner.slice(prefix.length) : owner ?? '';
}

export async function show(context) {
  const kind = words(context);
  const { name, cursor } = context.query;
  const list = section(context, {
    id: 'list', load: () => get(kind.path, { name, limit, cursor }, context.signal),
    render: ({ data, cursor: next }) => [
      table({
        name: kind.title, rows: data, empty: name ? t('Nothing is found by this.') : kind.empty,
        columns: [
          { label: t('Name'), kind: 'wide', cell: (one) => link(`${context.base}/${context.name}/${one[kind.key]}`, own(one.groupname ?? one.name ?? one[kind.key])) },
          { label: t('Id'), cell: (one) => code(one[kind.key]) },
          {
            label: t('Owner'), cell: (one) => {
              const owner = bareName(one.owner, context.org, context.app);
              return link(address(context, owner), own(owner));
            },
          },
          { label: t('Members'), kind: 'number', cell: (one) => count(one.affiliations ?? one.affiliations_count) },
          ...(kind.isRoom ? [] : [{ label: t('Changed'), cell: (one) => time(one.last_modified) }]),
        ],
      }),
      pager(context, { next, count: data.length }),
    ],
  });
  context.fill(context.heading(kind.title, may('groups:write') ? button(kind.create, () => create(context, kind, list), { kind: 'first' }) : null),
    searchForm(context, { label: kind.search, name: 'name' }), list, asCurl(() => ({ path: kind.path, query: { name, limit, cursor } })));
}

function create(context, kind, list) {
  ask({
    title: kind.create, action: kind.create,
    fields: [
      { label: t('Name'), name: 'name', required: true, maxlength: 128 }, { label: t('Description'), name: 'description', type: 'textarea', maxlength: 512 },
      { label: t('Owner'), name: 'owner', required: true, autocapitalize: 'off' },
      { label: t('Members'), name: 'members', hint: t('Names with commas between them; the owner is one anyway.'), autocapitalize: 'off' },
      { label: t('Most members'), name: 'maxusers', type: 'number', min: 1, value: '200' },
      ...(kind.isRoom ? [] : [{ label: t('Can be found and joined by everybody'), name: 'public', type: 'checkbox' }]),
    ],
    request: ({ name, description, owner, members, maxusers, public: isPublic }) => {
      const names = members.split(/[\s,]+/).filter(Boolean);
      const shared = { owner, maxusers: Number(maxusers), ...(names.length ? { members: names } : {}) };
      return {
        method: 'POST', path: kind.path,
        json: kind.isRoom ? { name, description, ...shared } : { groupname: name, desc: description, public: isPublic, ...shared },
      };
    },
    done: () => list.reload({ quiet: true }),
  });
}

"""##
        ),
        Asset(
            name: "i18n.js",
            digest: "7a00fe54a5b5c49acdedaf3163030ffe",
            gzip: "H4sIAAAAAAACA51WzW4bNxC--ymmgJHdddYr2S2cRIpjtPkpjDbuIS56sFWEXlFaxrukQHIjq4rOfYO-Re99oKLP0Rn-rFaJkaA9WCaH88dvvhnuYACXFYcFm_PEQM3kvMXlCCy_syYH2TY3XOPCioabwum-lPNamMqpgDBgUXbLV6BmbqnwR5tib69U0lgwVmk-hVNIFkzXfFXEGMk4aESBQaU1cDmCJIRIckh-qw6fXyQo-_uvP__54_cENuO9vZpvzcg1l-iNhC5t8rPx-5nSDeske4ODA3eFbcibFSUtNJRqShc8GOzxu4XSFlPZavVtSTHetctBSApV8r4Df7uy1ZpLixmkGZw-60zQ46yVpRVKwkLzGUe1Kaqs9wAo81uplhKtZFvXY5RZvcKUorRWJavfILToqZhze255k3qoszFsoGS2rFB_cABBCxq2ghtOad6I6ZRLShU26FnMIPV-8RbdnTPQ3LZa-pCUQdhL9l7MGTrtKnlWWPWjWnL9nBmeZoWxTFvzi7BViuVLMjiLZYRRqNXG4_lmwdmtAbYFcqZVAxgRlBzDEl2o1uKaIwMrZre4E7KVEiWWQkfpjVZLw3W_BsysZAkd0IbipVRBDzRdfbuLIO-Aa3bAzV35P4b43LqM8CLYQkrO6b8NXUWLLdb01yOu49LZWZ8ArtaBxVvNU09yRHK9QRBTtmQCm6-hS6ZJMXDwFu9MkmWFsyY3U1W2DXKviIuXNXd78ttzT7qerA27pbRStSC4jCOs5Es4l7YuXjDLL3EMvHI9lUbrHKI2-ek1nEO0URRx5Dyna1hxppEDOFa4FiX2d6OkrVBiKrwJ7qdstXOO9SeD48OpmAtSaIRsLe-JYJPlLpQzDXE-77Yzic6C1X8I5gfjaIvOhRN8hI1T3nR0_zbMTHn_8Mgd4eE9q1ucOUFrUbMSd57iOKcka_zhjaaDPtk7mtuU4uTBkye3L_BMtZKGsePIFf1OiH-0GId--CpahX53Jr3-d_tCc5dYOrhep9fLh9n1ZjDPIV1WqsZ7UJKOPCmtKNtwqTN8MFSNRJqmXnJFCpMMOe1Ms6wHltMgYwYGScRlyUmN2TjLllpYFPuhocW8wgdA4fScWeQ-NzLBPaVMOEYPoF3-BFuH125OfbxcvRCu1YJjBXxCrhl9_akh_SqajnDeaiHnYd_DbfDr1fXd8fDw-u4RnxzsD7BPjS8UDUgXaARvr9vj4cnj_TXtN27z5G0PEh_M80Rgm83xNgvHDsdP8-n7EyywqUOGWJXQpIU_K_y2yziE8p1L8DeixteYo7-pASMIxKMnj4ZuyhGPRuQQEKEF1Z7WDSsrITl-NzCkG7r4-fL5vUz1QdJ-hD78U6wKvYHYZDR9Ut9ku-pZJK4_LIS5YBcpWdLDSAMrzbKOzfE5jfPO5YkhnL5V529-CvXrl27t7jnqcPNZR9zINMujrxxaW2Ih99dBUJgan6l0mCNoWdc3ySV93ECSbQibtztDAodVTs8a0dZPICow8_JZOJgpZb24rPC5_bTwqE1V34W2V3w8jzfo8P0Y2B2HIZXP-fQqX3S7S2a8xM3K-qHGoJX4sLm33rTEcGHvJY6zwLe7lbZPGLKmx-cq-Y7w_cH9vna_37vfy--SyTh8YoV2hsAq7yweujxOYUj7ZSVqHhoInp3C0XA4hAcPvM5TH7SouZxjVx7CUfya8PoDrz92ImfxECXj8DEQGIZ0-fxLkiMJG3YnmrZ5hYOfMHjhOn4UwjzFKF1Oz2CIM-UIB8oQX6zdBt_A_tplfEW_k01_vJgFk-6pEX5qx6bHJeFqlzhdmcavw4D0vaUhJ-k9zbygr0KqzVWC3MNiPD75Zjic5FgsenhR8PVJ2HseoeTE77033B9NuuppyuIUXjNbFYgMNZhbu_me7kwHH3-p9NTFn4QPFfr2owMHRA6-gBO6v0s1ljFY0_MU481qpXTqMhgEu8wX2MkOT4P6QTj0ZzSkvJzqg7VyGUXiPIXjGBHCyaI1VfplXhi7qukjha6BGPnb0O8LYXDarLrvoB4XuteWom12yeiDv1NCpjSh4MMH-F9JUNxYuC-kM3Tv_r-O3-0qjQ4AAA",
            text: ##"""
// The page's language: texts, numbers, times. The English text is the key of the others.

const stored = 'parley.language';
const languages = { en: 'English', 'zh-CN': '中文' };

let language = 'en';
let texts = {};
let formats = {};

/** The languages by their codes. */
export { languages };

/** The code of the language in force. */
export const current = () => language;

function preferred() {
  let known = null;
  try { known = localStorage.getItem(stored); } catch { /* Storage may be forbidden. */ }
  if (known in languages) return known;
  return navigator.language?.toLowerCase().startsWith('zh') ? 'zh-CN' : 'en';
}

/** Speaks a language from now on; without one, that of the last choice or of the browser. */
export async function speak(code) {
  if (code) {
    try { localStorage.setItem(stored, code); } catch { /* It lasts as long as the page then. */ }
  }
  language = code ?? preferred();
  texts = language === 'en' ? {} : (await import('./zh-CN.js')).texts;
  document.documentElement.lang = language;
  const make = (options) => new Intl.DateTimeFormat(language, options);
  formats = {
    moment: make({ year: 'numeric', month: 'short', day: 'numeric', hour: '2-digit', minute: '2-digit' }),
    day: make({ month: 'short', day: 'numeric' }),
    minute: make({ hour: '2-digit', minute: '2-digit' }),
    number: new Intl.NumberFormat(language),
  };
}

/** A text in the language in force, with values in the places of their names in braces. */
export function t(text, values) {
  const found = texts[text] ?? text;
  if (!values) return found;
  return found.replace(/\{(\w+)\}/g, (whole, name) => (name in values ? isolated(values[name]) : whole));
}

/** A value in a sentence: what may be written from right to left doesn't turn the sentence round. */
function isolated(value) {
  const text = typeof value === 'number' ? number(value) : String(value);
  return /^[\x20-\x7e]*$/.test(text) ? text : `\u2068${text}\u2069`;
}

/** A number with its groups of digits. */
export const number = (value) => formats.number.format(value);

/** A moment in milliseconds since 1970 as texts: for people, for machines, and in UTC. */
export function moment(milliseconds) {
  const date = new Date(Number(milliseconds));
  if (Number.isNaN(date.getTime())) return null;
  const machine = date.toISOString();
  return { text: formats.moment.format(date), machine, utc: `${machine.slice(0, 19).replace('T', ' ')} UTC` };
}

/** A day, or the minute of a day, for the foot of a chart. */
export const day = (milliseconds) => formats.day.format(new Date(milliseconds));
export const minute = (milliseconds) => formats.minute.format(new Date(milliseconds));

/** A number of bytes in a unit that suits it. */
export function bytes(count) {
  const units = ['B', 'KB', 'MB', 'GB', 'TB'];
  let value = Number(count);
  let unit = 0;
  while (value >= 1000 && unit < units.length - 1) {
    value /= 1000;
    unit += 1;
  }
  return `${new Intl.NumberFormat(language, { maximumFractionDigits: value < 10 && unit > 0 ? 1 : 0 }).format(value)} ${units[unit]}`;
}

/** A span of time in seconds in its two largest units. */
export function span(seconds) {
  const parts = [['day', 86400], ['hour', 3600], ['minute', 60], ['second', 1]];
  let rest = Math.max(0, Math.round(seconds));
  const words = [];
  for (const [unit, length] of parts) {
    const whole = Math.floor(rest / length);
    rest -= whole * length;
    if (whole > 0 && words.length < 2) {
      words.push(new Intl.NumberFormat(language, { style: 'unit', unit, unitDisplay: 'short' }).format(whole));
    }
  }
  return words.join(' ') || new Intl.NumberFormat(language, { style: 'unit', unit: 'second', unitDisplay: 'short' }).format(0);
}

"""##
        ),
        Asset(
            name: "index.html",
            digest: "d470e42d11a3cf22b6ffccc3eb552b89",
            gzip: "H4sIAAAAAAACA42SwW7CMAyG7zyFlzNQcUNTi7TrTpO2FzCJId7cJEoMqG-_lAIaO_Xk2P-X35H-tC8uWh0Sgddedot2LCAYjp2hYMYBoaulJ0WwHnMh7cxJD6utuY8D9tSZM9MlxawGbAxKoWIXduo7R2e2tLo2S-DAyiirYlGo2_wzsVFirpqnnv4YCR-9gsP8M_LKKrT7wCw0tM3ULVrh8AOZpDNc7xnwmQ6dcaj4ujRPetFBqHgivVMJj7S2pTxzfXQnoVTPEd3DMPbr7zkgb7ZhHomJ54EJs5Z5aKFSON4fUGzmpDAGfecNlGxrgzxBbTNBlW5ume-jG2oJ8aa0afflaUylRCEIRK7AO57x86qv4U0E1KMC17AiFbAYYE_1HAgurB7sKcsSNMZ126S68-Fdt97WNdNP_AXvY99vmgIAAA",
            text: ##"""
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>Parley</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="page.css">
<link rel="modulepreload" href="dom.js">
<link rel="modulepreload" href="i18n.js">
<link rel="modulepreload" href="api.js">
<link rel="modulepreload" href="parts.js">
<link rel="modulepreload" href="session.js">
<script type="module" src="main.js"></script>
</head>
<body>
<noscript><p>The console needs JavaScript. All that it does can be done with curl, too.</p></noscript>
</body>
</html>

"""##
        ),
        Asset(
            name: "jobs.js",
            digest: "314f9239b0c79638aa942f0c4c3115fc",
            gzip: "H4sIAAAAAAACA6VY7W7byBX976e4BQKQChjK2UWKhQyvkaZJm8Jdp0m2-ZEG6xE5MiemSIUztOzVCtjX6Av0Ffq_j7JP0nPvDClScrpZFAgckXPnzv089wynU3pXN9fkCuXoqtaW6opMhWdNVjc3uqFF3ZCidWFKPSOzXNWNs7Q2rmAh09C6qasrKk2lbUL69mC90bYtXXp05PfShjJVlgldaZfgjCqnLS2aeklROlUrk3600clOVtnr4bq93lvX0FSvq4RWrRsI5vVyT7Bql3PdJDSUMo-_qfbEnJqXeiCyUnDHyxwt2ipzBgEqldNNvDRlaazO6iqH59ZcVaqc0OaI4LJrm4oqvaZX0AOhOEYY6vJGJ1j8qDM3odNvRZYICqwjZ5YI9iki4t7iZ9263ZbhSZMT2eSPS1WeP7_RlTs31ukKRkVqDkeihOLBCTij1Krp9MpRQQ8Fe-KgsNHK1lVY3CaISF1lSLxrWoRF3vPf7dHR9OFDelGXZb22qI-P9ZxcTQa5R0pP6BL2rC7JWLoyMJC0ygqyDoHjCuPyWqu7lB5Oj5S9qzLqY7sQlTF8dfoWFWJyxBa6xhHmooxL7WilWqsRtq-Oj0_opH_8q3JFujRV7F88pMfpk4S-Pj4-nkxGYd9QrpxCwk9JrZVxXJbx5YNNOD9FRW6ncM5OH2x0ldW5_v71y2c1yqVC2GOTT7aXCYqLKzoYGBIEm2PWHZ7NguQx9UH43ekpRU1bVaa6iiZdxbCAF_fG-EITH0bqt10C3nHfznWmlojrQuIaOnF-F_rP3a20ndEldDQzepwgBpQhzU7nl5KAPvRZ3cLpPIa7ozq-mHOFpPC3Mdryciqils7OaLOdpEu1iuP3fFDildgPB_UtjYQosxQsDQpOOQy-NSM6o_f-Z-xXJx9Cic72TQjr6cKUHKD4fUI3qmy1P1Z-0rd03FlWITwjCSQ4nCQvJ1t6sHExiyGdIWHB-UteYaMn2xmkAh7UKC00GTL3008BWuJj7PX9EdbpP_-GRN8sb5EcVsSJUgTTNSeJO4YPnhEnKCCnokKrXFIJeKuwRfzH-_CqIdtmRadG9tRIN_YDvBX-NVmBvhvnF02zvFjEvMXn12eGT0di-HXKv1NXn9dr3TxTwK0JEGFVqkzH03-kVz8-mMLpSCLEBS3i6Hf7DhbEUZrZm2jSV_NG3J1RxJ005bVEbFAO7_iRtie7Kuuk93U61SDMZxSp1ao0mWJXpreP-DUKY-9tlX8EfIniQdQ_tdpKBOa6MBg43CZATuCrlWRUYa5JuHxQ_Iu_tbq5Q2wkZgm1KzSolgqKN70rkoKzUXRTvwb7PDL4BPPSmQ-xhc06Pk7oqydPJp3iWfifnWW8jcJ-QVxx5qm9tmEge4t4fiLnwEkFv2zBYIw_tFDNcIYDhnkdQxxFIwBBSLD2s1u89oN7B8Pe_xc4ZAfFmEFuWDirpr6SGJ5iDMdR9xjx1IhUY9SjUs11GWF6xNGrTjjAlD8ggvOFyXNdjUaM12-VyTvdorSpmYNEjKCtjUaynoV44dzciHhWKmtZPsPGspMHh4g9MDnjWB-Me9kbo8R9efkGJeYGduLYO-vNTPx-REUkL_Y7lOLv_viXNxffTaRVfWMrS8_e_P2gv33fC0KtYO66bvKkMtm1lAk9lVVPz_Qt4g89JcA7B3DY6pef_-koK1R1pfMUJopVC6PLHHa-D-C5IcmCGMr5ZFd8PUZcQ4hU6NLw1OhPrWl0HjxFRDK94o5NfXMlKf8t_X8Jt3wCYEi4T_Hn1iHOyT1HI_98gORfPMHg6yKDSqxRpuvGOLCYgYG-H3YmZoXOruf1bX_GB_9fCaybDXMP5tKVYyJ1lPgKCTFiHwEJM2njQWujREJzL7UrasQgenXx5i00rkAoZrRPDAIdBgP4xEgxG8LGGDMSOWeIATw8oxcvz59zYQazWlSe50MHhu34z4DWgfTG3q-OzXVep76rGNdVafXBcqOXCPlTh3k6b52OIxmE0U4PNPu4IXeMoYJywJG55sQBdxz98vO_gPbdDgek7OzqupJnx11PrZj3x11APx_KnRKieZ3fzUIkuGVQLjNGl2e8tXKP3qIugC8j7JUZu_2SlPiIJv15296ZzgGmtZ35-8xUnEuF03GcYiF2o_R0vE9WMFadKn-Y3zltJyORQVqW6pbvAPvyJ_dLe6LTyR9Ibge_d_nsWF4wF_wlZDjMCkYXKxAtKR8nmQaFuHt3YNDQn_2QMsLxyGAa6bmwkMCFwmk5k0BhXGJRuJUVgE6_DJBjqsZb-UXb-C6Ktpc0o_EmlOrCVMYWsmtgax8IXBvj92JNMqK-Hzpa-Yca80ZVPZ1DHAaKOLFsiG6aukFG-15MQr3IwzkP213NYEMfv4Eunqxn6MmyVjk6HwCs3Wggdlc1YUpQ0r3boqkcZnosVgzL6hAIWN1hHAbqXdGAOoimXn-4B-6ufXvXtV9zckAXxmDw2-5ZHGi-a019tBklELSlQZQe4z4zLkp_nKc5p4M2HZBNPxx5YBRfh3nhy05c8fN2x5Aiz_0Dzx8kHZeFQAX4s0HcRd9Pr89rA3aAqM3CVa27otdlu6x4cA_HJmvgDdfgrbP-qoSC1SUEYkRHECeYhseUlU781X2n5rVc6weK1ibXh2q4JVhH-ApA2zBf_YD60JPqc-08RMzZEYCGdTW7J46iWxudaYzknEmPp6r3kkzZFc9Lrhe5fA2qpW1KJO_71-epv6z6GyCeRV7yzOlTwvSKRi9mvCWhHD5wG_mLBF_GMnDt61h2DD6u-O8jrL_RN_X1QD_UIE6_P-aPBb3Hf1Z2SKiZqmi-OASXmF07da2Zi8sXE_5_CEH3ue-fMbf6ztl4Turpho9JIjSTicnmNxLjPaJ7D7f1Buxz28CmBCSHPJfNANqOp4UEwpLG7ztXMDVQ9vDGyh9mPLflRaAAhIDqhbapXNBGZTQYPusCyGX2wXyfw_0vznYvt_rhs2RqRHnGLo4H4a_yG5_BDTFLngnA-CMHgP7_UIwvn-cj8w-GdzfFDifxJMwD_or5nOEuDnpDGY-m8kFc-Jtv7xbfUuPoT8_v431fgPlem2D-QQw9hPhjwpdmxoc43CE-z2eDF3uVRZjyYzYw-E46Hr6DofhfFjBVAEYXAAA",
            text: ##"""
// Work that goes on in the server for a while: imports with their wrong lines, exports with their result.

import { call, get, send } from './api.js';
import { ask } from './ask.js';
import { el, own, put } from './dom.js';
import { number, t } from './i18n.js';
import { table } from './parts.js';

function later(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, milliseconds);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    }, { once: true });
  });
}

/** Follows a job to its end; `step` is given each state on the way. */
async function follow(context, id, step, signal) {
  for (let pause = 200; ; pause = Math.min(pause * 1.5, 3000)) {
    const { data } = await get(`${context.api}/jobs/${encodeURIComponent(id)}`, null, signal);
    step(data);
    if (data.state !== 'running') return data;
    await later(pause, signal);
  }
}

/** What became of the lines, by their types: `user: 1,000 created`. */
function counted(job) {
  return Object.entries(job.counts ?? {}).map(([type, counts]) => {
    const parts = typeof counts === 'number' ? [number(counts)]
      : Object.entries(counts).filter(([, value]) => value > 0).map(([name, value]) => `${number(value)} ${t(name)}`);
    return `${t(type)}: ${parts.join(', ') || number(0)}`;
  }).join(' · ');
}

/** The type of a file by its name: users with a head line, one object a line, or such a file with others in an archive. */
function formOf(file) {
  const name = file.name.toLowerCase().replace(/\.gz$/, '');
  if (name.endsWith('.csv')) return { type: 'text/csv', format: 'csv' };
  return { type: name.endsWith('.tar') ? 'application/x-tar' : 'application/x-ndjson' };
}

/** The question behind the address of an import. */
const importQuery = (file, update) => ({ format: file ? formOf(file).format : null, name: file?.name.slice(0, 255), update: update ? 'true' : null });

/** Asks for a file, sends it, and shows how far the server is and which lines were wrong. */
export function importFile(context, list) {
  const progress = el('progress', { 'aria-label': t('Progress of the import'), hidden: true });
  const said = el('p', { role: 'status' });
  const wrong = el('div', { class: 'scroll' });
  ask({
    title: t('Import'), action: t('Start import'), stays: true,
    text: t('One object a line (NDJSON), or users as CSV with a head line: username,password,nickname. A user that exists already isn’t changed.'),
    fields: [
      { label: t('File'), name: 'file', type: 'file', required: true, accept: '.ndjson,.jsonl,.json,.csv,.gz,.tar,.txt' },
      { label: t('Profiles of existing users are overwritten'), name: 'update', type: 'checkbox' },
    ],
    live: el('div', {}, progress, said, wrong),
    request: ({ file, update }) => ({ method: 'POST', path: `${context.api}/imports`, query: importQuery(file, update), file: file?.name ?? 'FILE' }),
    run: async ({ file, update }, signal) => {
      put(wrong);
      progress.hidden = false;
      progress.removeAttribute('value');
      put(said, t('The file is being sent …'));
      try {
        const reply = await call('POST', `${context.api}/imports`, {
          body: file, headers: { 'Content-Type': formOf(file).type }, query: importQuery(file, update), signal,
        });
        const job = await follow(context, reply.data.id, (state) => {
          if (state.total_bytes) {
            progress.max = state.total_bytes;
            progress.value = state.bytes;
          }
          put(said, counted(state) || t('The server reads the file …'));
        }, signal);
        progress.value = progress.max;
        const words = job.state === 'failed' ? `${t('The import has failed.')} ${job.failure ?? ''}` : t('The import is finished.');
        put(said, own([words, counted(job)].filter(Boolean).join(' ')));
        if (job.errors) put(wrong, await wrongLines(context, job, signal));
        list?.reload({ quiet: true });
        return job;
      } catch (error) {
        progress.hidden = true;
        put(said);
        throw error;
      }
    },
  });
}

async function wrongLines(context, job, signal) {
  const reply = await get(`${context.api}/jobs/${encodeURIComponent(job.id)}/errors`, { limit: 100 }, signal);
  const lines = reply.data;
  return [
    el('h3', {}, `${t('Lines that were wrong')}: ${number(job.errors)}`),
    table({
      name: t('Lines that were wrong'), rows: lines,
      columns: [{ label: t('Line'), kind: 'number', cell: (one) => number(one.line) }, { label: t('Reason'), kind: 'wide', cell: (one) => own(one.reason) }],
    }),
  ];
}

/** Lets the browser store what was received as a file. */
export function store(blob, name) {
  const url = URL.createObjectURL(blob);
  el('a', { href: url, download: name }).click();
  setTimeout(() => URL.revokeObjectURL(url), 60000);
}

/** Has the server write an export and takes it once it is finished. */
export function exportOf(context, { title, path, name, text }) {
  const said = el('p', { role: 'status' });
  ask({
    title, action: t('Start export'), stays: true, live: said,
    text: text ?? t('The server writes everything as one object a line; passwords only as hashes. The browser stores the file when it is finished.'),
    request: () => ({ method: 'POST', path }),
    run: async (_, signal) => {
      put(said, t('The server writes …'));
      const reply = await call('POST', path, { json: {}, signal });
      const job = await follow(context, reply.data.id, (state) => put(said, counted(state) || t('The server writes …')), signal);
      if (job.state === 'failed') throw new Error(t('The export has failed.'));
      const result = await send('GET', `${context.api}/jobs/${encodeURIComponent(job.id)}/result`, { signal });
      store(await result.blob(), name);
      put(said, t('The export is finished.'), ' ', counted(job));
      return job;
    },
  });
}

"""##
        ),
        Asset(
            name: "main.js",
            digest: "6cd4a274776f7391abc5161afbab232b",
            gzip: "H4sIAAAAAAACA7Va3Y7jthW-n6fgYoNI2nrl3aIoChvOYJMG7QIJttjZNCgmUwxt0bYysuSI8jiDiYG8RoH2tq_Q-z5KnqTfOYekJFve_CC9mRFF8vDw_HznRx6P1bu1UVu9MhO1X-tG2UaXmVW6rnZlpsy9qR_UfW72I4X3qsHivX5Qy7ra4IXSWVYba1VTqbyxvDC9uMg326pu1KMqzd6qg6yO0rHe5unXNpq2C0wxUttd01mTVZujNYtdXZuyGalCl6sdOLUjZbe6pL9G341Ud3v-8g_l0X5dlrjLwoxUWTXrvFzhyLqaF2bT2bfVdWOPNi6remVwbm5fZZu8zG1T66aqR2qjH3B4vipN9rrsELEQRV658y_Gz56xcEkoVlVLltd2W-QL3WDVhIW5zGvbKDqdVtAbJ9IRDzZVtiuMPNtFtTV4gpLyRtVGQ037vFmn6tn4YlGVoCNHzdTjhVIVVEfjibqOEzX7SMm9YvDpp4jRBGLZFVBD9Ma9jW5G2L6zprYDe_m92xjJImIlwugLGsnuFcxnO7RdJvx-t8wT-BMPhUJdVZufTeAtbZL9G8iQbGWAhJ_yRMJST-Zz90Io7c18XVV3Q5T8lKfkx0TkS__MRBZFDhseouFmPAk3JAqfuEcmoHdZ3gxs5_d-Mw9o6yt-4I3WNA2MfuhoP-W3-zFRuPLPIHKYBmMWg7TkG6oqDdS0Z9NWBdyjY4kWewtDpugtaciQ3MHeWgZ17dY4e3jfklZRZ_TE6xRu45jc6LwEi6aII3rEtR9Vnk2UHzV6npeZ-Xainr9Uh2TqthX5vXHbsvyed9VVAQCNAJ7NjsS3KLQFHxEtxXCdZ5khj693pkNorwk0fzol2XCe3lzXjtoalmxqJugJYDLqrC31vVuLp_bmNOBVF4VpVLOrSUAvpjwqjL6HWvECuK5ezSHcT6qyAceFqeNEFtl1tac9BCodEGR8PYK4ibp9OgbGIi5sx4Q84zy7LPXGzO51sTO3bE5LQDfBJVGwBoolbJMrXG91swYQG10v1jgyim7wt6gEX9O1tuu0NttCL0w8_vvTr8aXYxh2lKQWINzE468u4_RZMrbgXCninZmkQYOg9-h4nik6xu2Jxti-zIsGF_64gqp0maQbvY0zs6gy88Xb159UsLoSfptMERnAClhrSV2DR7wnfDMs3EemzpL44JEPChx_Nf5A-D3cjoTASH2zQzyeqDfzr82iSSnufAoF5MbGpJIv3n52xcL4i671xsYimYRN_tDqwgdtp40tBuCXgwcHFIUwaWo6ErrATe0U6yrrYo-ujTKbbfPAT4VZInLtmr6u3AlfglgsSmLGYc1rxHBju1rURQHBuBsZd5tHlaap24Mntw2G6YUfX48UW8kNuzo_qiczsTv14YedN8hjzDJHrO6_hmCngYlgQ0NiBIdJ2lRXYK1cxbzLac9tu1S3orzD5QeP8u5wqyasWpZ8EMyqip1sRAT5UsU9g1UzsBaWkDPJgaaA_I9W-nU95bIWXbLh3YxQxmcSe5c_5Mjx5lCc5HX7tWGdc56BxOY5gBHRcLGG0PMj5WbGIjIwIzGbZXsVHl6_uOFbRI4QIDcYe1Hp7BSe3UIH47l9s23BbTpIupNH2Yj0KvlbYcpVIzJ8-aOndmmEyDB4D-RFANNfeIzsdndDBsc5pNyOUtq5KSYUbeWIQ2uS10DGESWMSNDgh5BLdsNg5DCqzfha94FdvNmXMaeBsk1dXpKlw0T55TW9u4FpCjzLbZ8wke--69_uI_U7ehfn2akXPZHwLtSSIAJP9EgioDDrURBmSL4T1aU0khx3ItMvb4J8ePxbjE9l4rAtWGdu35olcossXlIFQ-GBk_LWSPl96jWRtL4sybuf4FuTlqb9ffWqf5tAYKnho36xp3aHBEKsSBI7tiI_2bFAPg0oEg45jP0Aqw634RTPkRs-QS3iOGPZJSwNbR_KhQoyERhhAfCm38BuWxNCaUPpDM1IIOQon2qK73HSeXU-8HtSEs360QpRcOaDdxdwWQSY8nWUzAbv6zrZi3D7gIA-Sno6l2pdbcIwgWFFT8cBgNpzWVQ49RTEgjd4kmTnvPwyFUgSCaqzvNyGExEGhgLJI-rkyRGKHxDe-exD4BF_G_Nt4-o4NSBTqT41PMNrS8YcLJ3dkzxGvH-uLXzKXYXs91LSDVMe5yytjSeH9y2ASSYc4aJIjkBlf3zCr3yAj2VxSCGAsj-aZ6C2qFA7GAEi8oMRZ_1EtIO1ub0irJz57HU2c7G7NZsFYQoZDp42YDTV8K1782lhaAQTyWj1EoaR2_Ux9tAUHZuiwnrVII-Y7xoTR7rO9fP5zj5QwUWOHbVWKCwl1B2JmWPO1be9lJ5uBeUjbKBWiaPPZKh--P7fUZJ0jJ6qAfHfmAyLraRB9ipCFCNzFUlVZ5SnNg9bQ-khmyHHQE5-IiiW3034X0p_CAkggSlTCdJp8obLv2umODqyjfM450IT5AGfKcxDdHOSbn9d5WUcqf_-R4m4PO_-SK5_XrKg-gXciJl2e5wTd0svL1YmJEKlJ_wjWXlAuhzeQ0tkjwhW7iGe7TTBImt14Z46RpZzKhxDOyXcwmmHzUEweiYo3TUKWTjtn-EI0b9gTyxjj2A0E7vzY1gOEkfk8kgJy0rZHTJaagjChkLLzC0KpUPB3aey2tPGlFcG8zzIs2b5rGuznKifhNLOij_WizvqJ1IqOjervCzJ8BJn0AfJhDshtsVpB9P04mwWcEYCsp-zje6tayKiixMiXVaEHleM_HSUmWmq2ZWjDweNnf2pVq9Pgl7FKP0C2cqNOo7gTr2OgC8uY1PXlMY8niNLWZy3DAkTEtvb1MUfeF4onEY6jyQBuQaqnD1i2Ew8Xy6Wvfd61GkqTCwgN_LwyhR8A8EDMONmbTbVvRmEzhZcM90g0jWpp9ALtL0iqeb2CBk8GzDbGuuLDc5SnulmcurS2H4BdIb5Tk07N8uqJixygQUW6SPIZYuRK9O48PHxw2uyVEenn50LrcTRTHlVpyZkT-AL--o3EWlwJLwyBeqCqmZETC67u3tRxi4omXtXxS9GyLb6GfUZJ_ixfJoRAxLOXbPQzYe2g6uL2pD3_0uZ4-hv1Y7bFZJsKlS3QBhdSqOjQ9Ox09tYh4o4q4wtf_j-H0gYykWxywxC7T8fOe8-_PD9v1JGPFfCdHJy7qcdfNOREJBQPsgRIP-eu7tcbeD-3ZYUtaBOkykfK7HiEJr-t4K6vQo66XTqqInY_dQzN83eAFVdUUm67HYJ_NKuYvptvr7znMmQug2hDqXZz00cSHsUHXELSRwpFAEymkrau5TYUDPUv_HxG1646zRWfRFAPXVCGvPtFhc1WYSlXOdFfmYhhZCNXPOUSOaLOyRI1QqF7eeg6wIbPRJ4BrZ0vz9b4wRi4edFzIDKPhFvhSeZCn0q6x3EwMZ7WTZZ7oJ2Z2viQahl9oTMSm-pUywrWnbPHFkNHOhtmkr5gRM58PTzXfcBMNA6OWhXWthqSIj9ei91dxUGxbbnHch6ncrJkz4JX1RM3H8_g7McbXXcxQwfLMVB42tyUGldSNuSuKm2JHHmhpuToM-raLN_Fo5NJmMGCPdVFGX9QShShjSkjJ9g_Chf87K1XDKvN_RRloV4hRF1eKOkl9TC1lPe_xl9-JH4TJcxrtymefEmOLF3Jz8xUAZ5bePEvxLSRMlJRd5NIAQqSNAPBKbkNJLeU__wz4YCppNvkQ8mpcF_RY7QtuyD1CLOft1lRQqcd3VLKqqpKbvruduvVVV3gQziEtZ3hdyDVXz0STqmBh8LIz6GdvoY2B_3P5DYhvoKXEGfRIW-T540yDpHuhbpKHQy33-MW350AMv08tiJOO70-_54I_5DzS_XK0y8j0ljsF0jPCJyEHmSPy2gTyqhqSjS524peVYPjpKjZKhF9djcU4jtBC5XfsyOfEO2dH2Dd6bO8t5p-pXBkEuEoDNS7tuD60MNNvn6qNTlTuoI_rFEPHQ0ww4ztqQvPnFIw-OjyztgcK1E-XmE6xAefZnoBCkmQV_Xvtnlpul_GbzSeaYq_m0G5RGE3ZxgWMqRrIFYs-PcGxpnZ2QW6KNoizKhAcuvO70JamhgxN6LyrV-l28MEC1mjph_zxu04CdjV373z-D269ABUTQlqPj9ixfH-bMTKjNMHh3y_3mVPXRgSVoZDpLtXb4NyUD0dNMDaK_c0LzxJrWt-f8fzVLviqYtNbkg6OT-SoKWA3gc5QvuhdyHazxKoQZ7HXyhSOLOvfTTsJxkMpIv1CIA-vFPihzwU2KJPMGUcOBIUvDnFFFG7mMJG6n7lU4ckm4XxWBR8GG4Qao4FFHOuaL7uAhxbHq_uAsLpkHwDNd0L-L3UWWm0TnCQuCcr9xaiJvnvvU0TPeNpbuGAg4FG6qXqgrSLB8Q51C9Wfq5SFspKW3v-IdW7M2PDcz0wD8MAihRnbVCcaKoguFIj9kJ_0oq_pw-Ki9MXsRyKn0OTuSubS_z5L5eHQN3Jhf0pKYXp1tJoAJGkesMwNu7GIRxABr33oHN_wBvPaSYjyYAAA",
            text: ##"""
// The page: what stands around every view, and the way from an address to its view.

import { news } from './api.js';
import { el, put } from './dom.js';
import { current, languages, span, speak, t } from './i18n.js';
import { announce, nothing, problem } from './parts.js';
import { forget, isAdministrator, may, signedIn } from './session.js';

/** The views of an application: the first part of the address, the module, the scope that it reads with. */
const views = {
  overview: [() => import('./overview.js'), null, 'Overview'],
  users: [() => import('./users.js'), 'users:read', 'Users'],
  groups: [() => import('./groups.js'), 'groups:read', 'Groups'],
  rooms: [() => import('./groups.js'), 'groups:read', 'Rooms'],
  messages: [() => import('./messages.js'), 'messages:read', 'Messages'],
  webhooks: [() => import('./webhooks.js'), 'webhooks', 'Webhooks'],
  clients: [() => import('./clients.js'), 'clients', 'Clients'],
  audit: [() => import('./audit.js'), 'audit', 'Audit'],
  settings: [() => import('./settings.js'), 'settings', 'Settings'],
};
/** The modules for one row of a list. */
const single = { users: () => import('./user.js'), groups: () => import('./group.js'), rooms: () => import('./group.js'), webhooks: () => import('./webhook.js') };

const main = el('main', { id: 'main', tabindex: -1 });
const live = el('div', { role: 'status', class: 'live', hidden: true });
const waits = el('div', { role: 'status', class: 'live waits', hidden: true });
const bar = el('header', { class: 'bar' });
const nav = el('nav', { id: 'nav' });

let turn = 0;
let leaving = new AbortController();
let shown = null;

/** The parts of the address: `#/org/app/view/id?name=value`. */
function parse() {
  const [path, search = ''] = location.hash.replace(/^#\/?/, '').split(/\?(.*)/s);
  let parts;
  try { parts = path.split('/').filter(Boolean).map(decodeURIComponent); } catch { parts = ['']; }
  return { path: `#/${path.replace(/\/$/, '')}`, parts, query: Object.fromEntries(new URLSearchParams(search)) };
}

/** The address of the present view with other parameters; those that are empty are left out. */
function addressWith(path, query, changes) {
  const all = Object.entries({ ...query, ...changes }).filter(([, value]) => value !== null && value !== undefined && value !== '');
  const search = new URLSearchParams(all).toString();
  return search ? `${path}?${search}` : path;
}

function go(address) {
  if (location.hash === address) show();
  else location.hash = address;
}

/** The view of an address: its module, what it is about, and whether the sign-in reaches it. */
function destination(parts) {
  if (parts[0] === 'sign-in') return { load: () => import('./sign-in.js'), isOpen: true };
  if (parts[0] === 'applications' && parts.length === 1) return { load: () => import('./applications.js') };
  if (parts[0] === 'server' && parts.length === 1) return { load: () => import('./server.js'), operator: true, label: 'Server' };
  const [org, app, name, id] = parts;
  const view = Object.hasOwn(views, name ?? '') ? views[name] : null;
  if (!view || parts.length > 4 || (id !== undefined && !single[name])) return null;
  return { load: id === undefined ? view[0] : single[name], scope: view[1], label: view[2], org, app, name, id };
}

function isRefused(found, session) {
  if (found.operator) return session.operator !== true;
  if (found.org === undefined) return false;
  if (session.kind === 'client' && session.application !== `${found.org}/${found.app}`) return true;
  return !may(found.scope);
}

async function show() {
  turn += 1;
  const mine = turn;
  leaving.abort();
  leaving = new AbortController();
  const { path, parts, query } = parse();
  const session = signedIn();
  if (parts.length === 0) return location.replace(session ? home(session) : '#/sign-in');
  const found = destination(parts);
  if (!session && !found?.isOpen) {
    return location.replace(`#/sign-in?${new URLSearchParams({ to: location.hash })}`);
  }
  const context = {
    path, parts, query, signal: leaving.signal, ...found, home,
    base: found?.org ? `#/${encodeURIComponent(found.org)}/${encodeURIComponent(found.app)}` : '',
    api: found?.org ? `/${encodeURIComponent(found.org)}/${encodeURIComponent(found.app)}` : '',
    address: (changes) => addressWith(path, query, changes), go, reload: show, main,
  };
  const isSame = shown === path;
  const focused = document.activeElement?.id;
  furnish(found, session);
  main.setAttribute('aria-busy', 'true');
  if (!isSame) put(main, el('p', { class: 'loading' }, t('Loading …')));
  const heading = (text, ...tools) => {
    const words = typeof text === 'string' ? text : text.textContent;
    document.title = [words, found?.org ? `${found.org}/${found.app}` : null, 'Parley'].filter(Boolean).join(' · ');
    const title = el('h1', { tabindex: -1 }, text);
    return el('div', { class: 'title' }, title, tools.length ? el('div', { class: 'tools' }, tools) : null);
  };
  context.heading = heading;
  const fill = (...nodes) => { if (mine === turn) put(main, nodes); };
  context.fill = fill;
  if (!found) {
    fill(heading(t('There is no such page')), nothing(t('The address leads nowhere.')), el('p', {}, el('a', { href: session ? home(session) : '#/sign-in' }, t('Back to the beginning'))));
  } else if (session && !found.isOpen && isRefused(found, session)) {
    fill(heading(t(found.label)), nothing(refusal(found, session)));
  } else {
    try {
      const view = await found.load();
      if (mine !== turn) return;
      await view.show(context);
    } catch (error) {
      if (mine !== turn || context.signal.aborted) return;
      fill(heading(t(found.label ?? 'Parley')), problem(error, show));
    }
  }
  if (mine !== turn) return;
  settle(isSame, focused);
  shown = path;
  main.removeAttribute('aria-busy');
  main.dataset.shown = location.hash;
}

/** The reader is where the view begins, or where it was. */
function settle(isSame, focused) {
  const before = isSame && focused ? document.getElementById(focused) : null;
  if (before) before.focus();
  else if (shown !== null) main.querySelector('h1')?.focus();
  if (!isSame) scrollTo(0, 0);
}

function refusal(found, session) {
  if (found.operator) return t('This is for operators of the server.');
  if (session.kind === 'client' && session.application !== `${found.org}/${found.app}`) return t('You are signed in to another application.');
  return t('Your sign-in doesn’t include “{scope}”.', { scope: found.scope });
}

const home = (session) => (session.kind === 'client' ? `#/${session.application.split('/').map(encodeURIComponent).join('/')}/overview` : '#/applications');

/** The bar and the way between views, for the sign-in and the application of the address. */
function furnish(found, session) {
  const application = found?.org ? `${found.org}/${found.app}` : null;
  put(bar,
    el('button', { type: 'button', class: 'menu', hidden: !session, 'aria-expanded': 'false', 'aria-controls': 'nav', click: toggleMenu }, t('Menu')),
    el('a', { class: 'brand', href: session ? home(session) : '#/sign-in' }, 'Parley'),
    application ? el('span', { class: 'where' }, el('bdi', {}, application)) : null,
    el('span', { class: 'gap' }),
    session ? el('span', { class: 'who' }, el('bdi', {}, session.name)) : null,
    el('label', { class: 'language' }, el('span', { class: 'unseen' }, t('Language')),
      el('select', { id: 'language', 'aria-label': t('Language'), change: changeLanguage },
        Object.entries(languages).map(([code, name]) => el('option', { value: code, lang: code, selected: code === current() }, name)))),
    session ? el('button', { type: 'button', class: 'plain', click: signOut }, t('Sign out')) : null);
  nav.classList.remove('open');
  nav.hidden = !session;
  nav.setAttribute('aria-label', t('Views'));
  if (!session) return;
  const entry = (href, text, isHere) => el('li', {}, el('a', { href, 'aria-current': isHere ? 'page' : null }, t(text)));
  const base = application ? `#/${encodeURIComponent(found.org)}/${encodeURIComponent(found.app)}` : null;
  put(nav, el('ul', {},
    isAdministrator() ? entry('#/applications', 'Applications', location.hash.startsWith('#/applications')) : null,
    session.operator ? entry('#/server', 'Server', location.hash.startsWith('#/server')) : null,
    base ? Object.entries(views).filter(([, view]) => may(view[1])).map(([name, view]) => entry(`${base}/${name}`, view[2], found.name === name)) : null));
}

function toggleMenu(event) {
  const isOpen = nav.classList.toggle('open');
  event.currentTarget.setAttribute('aria-expanded', String(isOpen));
}

async function changeLanguage(event) {
  await speak(event.currentTarget.value);
  frame();
  show();
}

function signOut() {
  forget();
  location.hash = '#/sign-in';
}

let quiet = null;

/** Said once, and seen for some seconds. */
function say(text) {
  live.hidden = false;
  live.textContent = text;
  clearTimeout(quiet);
  quiet = setTimeout(() => { live.hidden = true; live.textContent = ''; }, 6000);
}

function frame() {
  put(document.body, el('a', {
    class: 'skip', href: '#main', click: (event) => {
      event.preventDefault();
      main.focus();
    },
  }, t('Skip to the content')), bar, el('div', { class: 'frame' }, nav, main), live, waits);
}

news.addEventListener('signed-out', () => {
  announce(t('Your session has ended. Sign in again.'));
  location.hash = `#/sign-in?${new URLSearchParams({ to: location.hash })}`;
});
news.addEventListener('wait', ({ detail }) => {
  waits.hidden = detail === 0;
  waits.textContent = detail === 0 ? '' : t('Too many requests: the server asks to wait {time}, then this goes on.', { time: span(Math.ceil(detail)) });
});
document.addEventListener('announce', ({ detail }) => say(detail));
addEventListener('hashchange', show);

await speak();
frame();
await show();

"""##
        ),
        Asset(
            name: "messages.js",
            digest: "5c1ae9e6cc398d08340d8a2401af4b31",
            gzip: "H4sIAAAAAAACA51X227bRhB991dMgQAkXYZK0SIoZLhBrkAeagew--QayEpcSZuQXHl3aVtRBORD2p_Ll_TM7lKkbNlom5dQO7tzOTNnZjwa0e_SWjGXlvSM3EKSWC4rNRVO6WZMVgozXdBkRTfalDanqW6upbFenFNrpSHRlORULY9wuylVMydhvSa7sk7WxcGBqpfaOFrTXDra0MzompJiJJaq-GSTo14u7Oeh3H6-I5fVQFzq-o54qFz99GtzT_vr1lQ5TVrn2PuZklWZU6PdAl7ntAQMJkcUU45uoGspjLN3lNViNbhhASLe3DVonJpWcnDPiSrGdAAkraNK1crRMf38DEejw0N6SbWuZeO6dLz88L7Dc2L0DQBPbPCcZtpQpaei8vBbWuCecgUdjg5mbROC8PK0VlWlEJduSpvR-oAoWI-mjqmRN_RGOJmetPVEmt0H2REeqBmlPwyP6etXCrcLZU_ESRqUFcjxOdxJsywjI11rGkoS1hB_bE3dvU9Paffoi27k6WxmpYPwkJ4_w7-scPr92emZM0hZmhUWtSrTZzn99BxubjpY20b5Mq0QW-rkrcvo-LfwRS8ovt564i8MHKcxXIa6A3nrMynsqpnSFlO70Dcp7AS9PZprutpHkNxnPyencxIzxwcTidzJnMAp_jltjUUuN3A2qi2uWmlWR1vVoIIsIf7fJnyd9ZZ6zcgnF0As-i6s3IeFrJeAgq8kUKEFfqUeSWCVfnyy7rwFkzejOjaSj3lwN98GY9W8EVWWe5UGTUIaKFpTKZzofBqjMJCcjVd_4W-Sv1BUspm7BR0fH9MzJC_SNXVpcqIpGiUFUugWnQitCnJbJFkWlRDSKas0KdU1oljTtBLWIqyFcjahTR6s1GKZpig4bz8St0cDAn56o9ziQyWmckzOtDiaLkQzl1tYGKnCSEYK4V21Srpwk-PagBF59Mm3mgHYPngGrG3wYhj2Jr655P82WUych3UGNqZe2J0spCgjNl1bT7Kce1WadOkZc5dOMiAZ-iBfPsNRByU_CNHwxaimd5VDzNjjz6rh4pgpg-rg-JDBtuqyHAbHliXhXR5bcBr0A6KlcIsxPVJJngfjWP-MoCd5T8VdM7tkRFknyS5d4pGfW-HT0yV-B87EH544_F1KO00eI6cfjRD7roygKjGRFfLOuPrxWQ9y0Yga1ZNcwYJbLfkzxIDf16JqcXAV0-zVBltnsgI_tUkT1Sxbl2SF4m4Qnz69Sh68733B_YWrq3fa3HsUmzLzA7HXSUd8o6sd3zrSxIWgFs0Kp7adoK2g-uU1-rZP6jpWuD8plsb__0bORFuhjR9FaQDOB8zInU4-wd-Cm9jbBs1ZWt-c4XCNBi2C-sIJg76TDZX4dMx1ui2fsjQAO11vuV8URTATUz3uZ0MaBIU_z7r077kQBFmsiXH0u4gVcrytkRcoHNoVD9obyNHRf9MFsfGszrvt6n4FvR4U76B8hjXdV87uYFhyo1royrsMVaJpxhM94Sj8OoESwo4haG50u0yy2Gnuu_AH7xy9aeZObzJMH9E67BlLhfVGfeFLejZLHlT4kvEeaPT493xA95O80Dz1u0tvKqwyIVkP6n7lUzVQHnL3b7XHTD-o_pRzOtDuczykMvOuVxpLQC85I6DPxUWolJx1ocIlSBAaaHaZ00UiOhlnbSC7jA4xTUPX9pOss-pZ6EfZtucke1rlQ93ccxYdNrLGKcfc78aC2M7YnbWeQRDT8FfC_QniFXn4OOpY9UMgz_UARR4le0AcwsZ1ZgM24TMAhvnrfP1GWfzuhUbrOsrCpwcz3-PRieAdGtxQ5bBRO43XRmKWG57zYexjAXExbBAOWyYvBqBfXQOjiXQ3UjaMVV14mPazY58T79ABB8a5ISZ3mJyIslac_60Tb-ulw4zsc5PT929_-Wvfv_39X104R2EMXKjtvE8NF40wUuyBpBa3YWMZ0y_Y0zvdl93Sh7lknd_6ONthVQ1LKyzEtW_btmvpFpq3iw-nZ-cMwKNrwujJmnVuPnbhfLJcleCHhne6sPiD1qWjiz9tfvnjKOO9CT0kfaUx40ST9dHdctVNdLnix96tnOdH6v96e4Ez_7FBi1_zPhfMdQtaiR2x2wO7OB7bB7spFicwI48EDvZZyzMv2RkUntL_ABfqgcK0DwAA",
            text: ##"""
// Messages of the application: search by words, conversation, user and time; sending as the system.

import { get } from './api.js';
import { ask } from './ask.js';
import { el } from './dom.js';
import { t } from './i18n.js';
import { asCurl, button, field, nothing, pager, section } from './parts.js';
import { may } from './session.js';
import { article } from './talk.js';

const limit = 30;

/** A moment of the API as the browser's field for local times has it. */
function local(milliseconds) {
  const moment = new Date(Number(milliseconds));
  if (!milliseconds || Number.isNaN(moment.getTime())) return '';
  return new Date(moment.getTime() - moment.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

const universal = (text) => (text ? String(new Date(text).getTime()) : '');

export async function show(context) {
  const { q, conversation, user, from, to, after, before, order, cursor } = context.query;
  const asked = { q, conversation, user, from, to, after, before, order, limit, cursor };
  const list = section(context, {
    id: 'list', load: () => get(`${context.api}/messages`, asked, context.signal),
    render: ({ data, cursor: next }) => [
      data.length === 0 ? nothing(t('No message is found by this.'))
        : el('div', { class: 'hits' }, data.map((one) => article(context, one, { withPlace: true, changed: () => list.reload({ quiet: true }) }))),
      pager(context, { next, count: data.length }),
    ],
  });
  context.fill(
    context.heading(t('Messages'), may('messages:send') ? button(t('Send message'), () => sendMessage(context, list), { kind: 'first' }) : null),
    search(context), list, asCurl(() => ({ path: `${context.api}/messages`, query: asked })));
}

function search(context) {
  const { q = '', conversation = '', user = '', after = '', before = '', order = 'desc' } = context.query;
  const words = field({ label: t('Search messages'), name: 'q', type: 'search', value: q });
  words.querySelector('input').id = 'search-q';
  words.querySelector('label').htmlFor = 'search-q';
  return el('form', {
    role: 'search', class: 'search many', submit: (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      context.go(context.address({
        ...values, after: universal(values.after), before: universal(values.before), order: values.order === 'desc' ? '' : values.order, cursor: null,
      }));
    },
  }, words, field({ label: t('Conversation'), name: 'conversation', value: conversation, placeholder: t('ann:bob, or the id of a group') }),
  field({ label: t('User'), name: 'user', value: user, autocapitalize: 'off' }),
  field({ label: t('After'), name: 'after', type: 'datetime-local', value: local(after) }),
  field({ label: t('Before'), name: 'before', type: 'datetime-local', value: local(before) }),
  field({ label: t('Order'), name: 'order', type: 'select', value: order, options: [['desc', t('newest first')], ['asc', t('oldest first')]] }),
  el('button', { type: 'submit' }, t('Search')));
}

function sendMessage(context, list) {
  ask({
    title: t('Send a message as the system'), action: t('Send message'),
    fields: [
      { label: t('To'), name: 'kind', type: 'select', options: [['users', t('users')], ['chatgroups', t('groups')], ['chatrooms', t('rooms')]] },
      { label: t('Names or ids'), name: 'to', required: true, hint: t('Several with commas between them.'), autocapitalize: 'off' },
      { label: t('From'), name: 'from', placeholder: 'admin', hint: t('Empty: the system, “admin”.'), autocapitalize: 'off' },
      { label: t('Text'), name: 'msg', type: 'textarea', required: true, maxlength: 4000 },
    ],
    request: ({ kind, to, from, msg }) => ({
      method: 'POST', path: `${context.api}/messages/${kind}`,
      json: { to: to.split(/[\s,]+/).filter(Boolean), type: 'txt', body: { msg }, ...(from ? { from } : {}) },
    }),
    done: () => {
      list.reload({ quiet: true });
      return t('The message is sent.');
    },
  });
}

"""##
        ),
        Asset(
            name: "overview.js",
            digest: "134f3988076598e0b7dfaaafecba869d",
            gzip: "H4sIAAAAAAACA5VXS2_jRhK--1fUIQBJh0NLXiCb1cAxkllkT5kBshPkIAieltiSOkOxFXbTsiDov-9X1c2HNM4mudjN7np89S7d3dHHrSa131dmpbyxNSlPijaVqld6RnW7W-rG5bTTzqmNdrQ80s7UrQdTXVKpjjkdtuA5KONdf3bU6HXrdFnc3Jjd3jaeTrTRns60buyOkuJO7U3xm0veDu-6yske6pzc82ZEWNrdFeHy6DV0ifIAJo9IcxqrMNNv6ytW5d61DfSs1Yrh1tZvTb2BSr1i68GvlhXEebPTI0l71XgXRN3oF5Gl3LFe0bqthZHc1h7Sla29fvEZnW6I8OE87ZXf0gN9-uoUHwsYfr5zXnn36W1PtrTlEWQRRicoB-KtViUgzsinyXt7SLKcKqvKGaUZPXzHTk1ZB3uggmGdFmc2tapA3Oi61A3IT3CYV3QWtnCb8k3GTnSu0_FxaxxwNM-6oS0CWVtisMZ5s3JFkkFAhC161qaqOrhFxJpCzAfwPxsNvJDP1uXR92nADTjimnOWQd755qb35BjayJFLtfpc2Q2cxC_FQS-31n5-6q4fH-l0Hvwp6acqB_IPy9_g1ULXvjHaidyifxa2rHCIaJraGpFHRuhGIMppPl3QG8ILDtmVfF1CfCcKMst2pdPUtbuc5hyJtvYLkYQr-jpc5DQZiQnZyygDrq7Mnva6eYp1BojzRVbs1F4Qdt6r1FJXsyiBHwqEqfHw9rOqWtQuX4lK9vGgElXzB_rw8ifKQAG-44e1vP0fVY32bVPTHEdCXadJWSWczKtKOTejZG02baNdQuc8EhHNkTW_IPEcp3go5wCy5ctskQvFh7oytb4msXLb0fynse3-CzEbue1ofrZ29wVJw5egGCH60VRa6ObSdQIdkl4_yXeW09XN0--tRZk9itlupyqxHHZCmF3TCRdn8QUOM3pVaBDBlZbRTOp6cYHp15D7jnzXeUeGxIIo9igj1CJHdNIbHbO20b-32vmx_TGhO-MXIQXmtdrpGOaQyhJM8_xKNCWY8uyjxcycxbsy3oko1HwW9HRobVUCELwmjTmdS6jDHdvHhpS6MmgqRwbN7Tm95M0Wi85b-ZB2V0hXtmp3teRd9Odqi6LhhvVTN-FUP1NQ_8h8QNjatkmybthw0F9jk3nU8_xjIqWWSIYcXdYp7PtFpesNGuDjIOs6PDxsG62crRNp5JExRCY8XMRmKNSLR84jAGvg9-ggAbOQtnt3e0vfM0JCcjL4lQKwUjX8_cvHd2Siad07RKM9J3HWaxkTcA8ZtGi9MbWjg4FZ3Dt1Qbd3Q2MPnUPGEGMa9fb5USvM7h3GyLbLyAWa1H_RsjFOmAE9GjsKnPQmCe3pvVCNu02tD_RvkKYjaejd005iVmBYfuTMyXrTf1CNC1O-0mtP3lJjNlv_NiwysInnumMnOGVKMjXuHIWq8NbmsgWhktk7TO3x7ZhMhU3i0gMh0oF7b03NK4hx7_HNk2SN4OrgFrOmNBB0afLw8IA67k0Ne0sqO4Ec6ag9pvN4tlj8eaCfMGXhsJcUfiiKIkqVHJKzZI6cilibgwieWw8RaT_fPHpTFfELs1xgvo2EXE65gyllCfpmMqE7urBrtAFxJHplAz54CPvAi2g6SQ0F-q3mQHUcQW3wEkpqikTvDb_PozMj0Z24JqNbmk7vBWafQtg806TBuiBd4wVbkygHabDh6_j_liYFeAtvfzQvukzvUWBHUE-n3yLjArTLV-EDxcD_z28uKQLXLP4fPQ3NSuB54ysduynWymCZ1P15Rl-dYj8fR_T8KQT1PK4Wbo-xcY875L6yvm-PkWal9py-UafMtb2qv2zy3e0wGBRAyFxAop6QTWcpDd5TTxyDM__a4INwyeLEX6PY_bWMlS0yQBYX4c9l2-e6ww0vpD9YhDWZIE04Haf3E9zvsYvwxvu92yP2P_MPIdDUWGvw2NgKK05idiwzUY1Rb8TbyYzdz-aL3_-WhQB8_nQVV9lrJO2mM5rk9HI_Y4hILHxPp__C4V4OYM6lXLI_HHRdU3lEDDR-dinsPnWZ0Cx894ZsTVnqGpYkPB4kUunAGzwPpnk4zSeLrm8Vyqdvplm3Kg5xucoO_J5LRxk6DH4Brb0ylRvnVbvbKYz4fmNSruuk8kPitZnuVogQL1kgk2oV78WoydL3Rdw4aIP3RTzmUujLDfr9rO_OcWGAC_rZOvhHRnYYzyS_nX7dahnVK8273cgr125gR_cCwfiOl2fm_AwLOPWkiJNXJL1S3nReSAHIVPsf56BHZ9IPAAA",
            text: ##"""
// The application at a glance: numbers, messages by minute and day, what waits, what was refused.

import { get } from './api.js';
import { el, own, svg } from './dom.js';
import { bytes, day, minute, number, t } from './i18n.js';
import { asCurl, facts, nothing, section, table, time } from './parts.js';

export async function show(context) {
  const path = `${context.api}/stats`;
  const body = section(context, { heading: t('Now'), load: () => get(path, null, context.signal), render: ({ data }) => render(data), missing: t('This server has no statistics.') });
  context.fill(context.heading(t('Overview')), body, asCurl(() => ({ path })));
}

function render(data) {
  const backlog = data.webhook_backlog ?? {};
  const refusals = Object.entries(data.refusals ?? {}).sort((one, other) => other[1] - one[1]);
  const refused = refusals.reduce((sum, [, count]) => sum + count, 0);
  const minutes = (data.messages_per_minute ?? []).map((one) => ({ label: minute(one.start), value: one.count }));
  const days = (data.messages_per_day ?? []).map((one) => ({ label: day(dayOf(one)), value: one.count }));
  return [
    el('dl', { class: 'figures' }, [
      [t('Users'), number(data.users)], [t('Online'), number(data.online)], [t('Groups'), number(data.groups)], [t('Rooms'), number(data.rooms)],
      [t('Files'), [bytes(data.file_bytes), data.file_bytes_quota ? el('small', {}, t('of {all}', { all: bytes(data.file_bytes_quota) })) : null]],
      [t('Webhooks that wait'), number(backlog.pending ?? 0)], [t('Refused requests'), number(refused)],
    ].map(([name, value]) => el('div', { class: 'figure' }, el('dt', {}, name), el('dd', {}, value)))),
    backlog.oldest ? facts([[t('Oldest waiting delivery'), time(backlog.oldest)]]) : null,
    el('div', { class: 'columns' },
      chart(t('Messages a minute, the last hour'), minutes), chart(t('Messages a day, the last 30 days'), days),
      refusals.length ? chart(t('Refused requests by reason'), refusals.map(([reason, value]) => ({ label: reason, value })), true) : null),
  ];
}

/** A day of the calendar of UTC is a day of the reader's, whatever hour it begins with there. */
function dayOf({ date }) {
  const [year, month, number] = String(date).split('-').map(Number);
  return new Date(year, month - 1, number).getTime();
}

/** Bars from left to right; what it shows is said in its name, too, and all of it stands in a table. */
function chart(name, points, isNamed = false) {
  if (points.length === 0) return nothing(t('Nothing yet.'));
  const most = Math.max(1, ...points.map((point) => point.value));
  const sum = points.reduce((total, point) => total + point.value, 0);
  const width = 600 / points.length;
  const bars = points.map((point, index) => {
    const height = point.value === 0 ? 1 : Math.max(2, (point.value / most) * 112);
    return svg('rect', { x: (index * width + width * 0.12).toFixed(2), y: (118 - height).toFixed(2), width: (width * 0.76).toFixed(2), height: height.toFixed(2) },
      svg('title', {}, `${point.label}: ${number(point.value)}`));
  });
  return el('figure', { class: 'plot' },
    el('figcaption', {}, el('span', {}, name), el('span', { class: 'faint' }, t('{sum} in all, {most} at most', { sum, most: Math.max(...points.map((point) => point.value)) }))),
    svg('svg', { class: 'chart', viewBox: '0 0 600 120', preserveAspectRatio: 'none', role: 'img', 'aria-label': `${name}: ${t('{sum} in all, {most} at most', { sum, most })}` },
      svg('line', { x1: 0, x2: 600, y1: 119, y2: 119 }), bars),
    el('div', { class: isNamed ? 'feet around' : 'feet', 'aria-hidden': 'true' }, (isNamed ? points : [points[0], points.at(-1)]).map((point) => el('span', {}, own(point.label)))),
    el('details', {}, el('summary', {}, t('as a table')), el('div', { class: 'scroll', tabindex: 0, role: 'group', 'aria-label': name },
      table({ name, rows: points, columns: [{ label: isNamed ? t('Reason') : t('When'), cell: (point) => own(point.label) }, { label: t('Count'), kind: 'number', cell: (point) => number(point.value) }] }))));
}

"""##
        ),
        Asset(
            name: "page.css",
            digest: "72b7bff96bd336e08822e6dc95301c59",
            gzip: "H4sIAAAAAAACA70ba4_buPF7fgWbw6G7ieVI8mO9Nm5R4IBDH7jicHdFWwT5QEmUza4sCZS8jwvy3zvDlyiJ8jpprgiytihyOJz3DMfv3pBfD4ykVdlUBduSjJUNI7TMSEqL44wUfH9o5XNGxT1JnkkL05vnpmXHPzbkkTeHGclFdSSLOCRtRWKyWoek5k-saObkzbtXr7aiqlry8RWBXYpKBE16YEfYSoFGsDt4FwR7UZ3KbEu-yZf5Kr_ZwVBNS1bgSJ7jo6C8YXIGzZM8xaGClwDqm-w2Y2yFAy17amEgonG8CHEgp7zEkdV6Hd0s1FY0TZkcjLJVkmx2dsgs1xvqwabKcZDdsDxPcDyhiAXdxIso1c9mUp6wWyaR31cVzopu1ptFbgYsrEW-YFRh80hFCUM3dJmEEmUcsPDSPMqoPEiVnpoOZ0UzWm9JFNdPijwZxxlreIS3eYVHjJb107tovtI8C058RgJa1wUL1MiMvP6F7StG_vGX1zPyc5VUbQVjf4cP8gstm9fuA_n-r38jv3yPYz_xcv8DLff68UeeigpxJv-mf2YchhqYHzRM8Hz36tOrPx1Zxim5qgXLmWiCviygFFxLGemkpScTURyto8SVieg2yuN1TyxwQDFdi8UiXiTLG0cs2IJtWO6KxW1Cb5Kbnd7PCsZmnSx7MqABhElE1RZ92YhYnC9pJxt5fktv44FsLMM4inJHNm7ybEEXO2JO6whItFms4ptdJx55mMZrOhSPBY2zKHbFQ2MOID8B2d_MyHabsLwSDL_RvGWCfCRJ9RQ0_Ddg4Ra-i4yJAIZ2sOT9gWdgBD7ApIw3dUGft6SsSkb-wI91JVpatjjt0B4LhEPTe8OjByquDMeud0rZzShSD8aqBybyonoMHgUKLi2fHw9MMASYVNkzADxSsedwXCDxkZfBgaGRACkOw4fDrsMoLxhgi3-DjAuWtryCRbDl6VgiNAqgeggobgEKiEmQsbQSFBcF7YGn9yVrgHQRqpF8DydgAmUoqPK8YYCAVDE4djQjhxj-L2aknpGsgP_ZjJzgs0YK55wVGSzon6SmWSZJHSoY8BaVEzkAUhqHCFvuZo87B6GQUx71yHql1sb9tajdEzMXg5kL_0yFZtBWteUgra8RQlplTB5LA1KGRtqSEw-OVVk1NU0Z2o8ffoSn4Ge2PxVUgOr_yMoCjMj30qvQpmdBcGpnRiwY3FHt9XjgLRgnHNzi9lJYdh5RU3oPuCoJlgwksCHP9ASkqX1tzaNZjE_XDnM2sDqSvDjSJ8uKhWKPkVwQ2lNbSYHNOCB7KjnSKUh4xreE43FbeZat1MfggTc8KfBY1alVVikeYCknonKoCWORU6CAVmCy1HcXHConzpufwHOzEl7VVcOVQtAENjohQo88aw9axK2U9Q-mFB8Ut-A1WFmczgFke7UKvwX0emwpK8UU2La55_XEpgVDG7WRaoXyFawlLceclDZ9xAtJgPPM-y3goKpPaCAsMpZEcs-NouJc2vsZmR_gY2gc5LvrXU9dNPXnoA0o_4XcBEdevXtD_nmgLWnAFmYNofIkMix64OxRBT3zhArXgip7RSHkKQMg4xFOgvaIiR2RLhzP62pfnxDr81SzBrxtq-OkFkhjqeyu5V0iMLL72DcLNxiEuKRY4fY-cz6wpY4sSrOOUqHOEShJcE-okVYvplB20Vopuwagq4v5h4qsJT8e6rERd3mIbpgVIP4Nb6YFvoCg50T3EAWzAjwPWiy1hbEM81zQIxuz3wpRTw6aVrA2PeDCkj500KKNsu1ykSKslQqUCCXZRj2sRnsN4KToqD1P6MoL3gDx2ufC2hSL_l7wTAuqJGun600L3vNZq7eSUwWSusdPiiq9d9BfWUt7Xrs_S-bkrtsDctIbmFhvoae-p4LTID0JAYr4wbvECfGG2Nh4ou9RQymjaKhdo4GRjOaqGw2gRJIYuAwp00Bao_VG0sfHAkVmJUOQt7UyYAVjJGRgNm95W0wIX0_9vcboPyfgaP7swEXxDxLWPjJUFq-xwk2rqmgu2NSsn9getYs_sJ47ySGVhKMbCVe20Ji6Id2A0ldLpOsM89f0CuPGRxKAF6-frr2aoMWqx9yRO0Jh1bHWhf4oDncqyD7QDM1KSJbakkMOEYZLe9b5I-VtI0NydaYb7XnQz_yEiDQy_X50XA5IF7ibo_I0Elmv-Pb9wxeGR33Z_WT2uwNPymh2ActfEqlpp7g-6xQlN9wcYeny5wVn6J5DZx4ds2MLHnEGXQZ47XPNMB6SERq6mDGM7YE2V3ekpRDvbXMuwJymB15k1y7wEP4p0zdCAT5rcCtiRsYvUuBr20PSSOSQKxKTsmqvJtG5tjtNIqYSqZ5CawMEf0FljjWGuYGetiWC1Yy2V-gAg5xDmAV8Aa28QnUEFfx2RhZoz65nJMoF6uHIkFlnaMyYQeEOUHjwINIBGEkonB6ivD3Qsagonm4qXrCHn6Aj0eQjb4kBOiEouFJUMPU43AvSfylvcApnyhcZZ69SjNXeFBwuz3yUMMU2Uk7bZoLioTNjijN-EdEScbtG2wzuDaQBhaELK_yq3nHG3fSt3lqfT0Ufk5quVmaTYb-d8pYkJzAbpc3eNWSjFkr9z8dK5xzf0pUXDYzOSJvhXzSnoJK9wEnbGx0_ucYuXo6KBrGBDAKwZ9NgHJXfeDyaOu0olO5vNZHHXZqR-wK7qXBbnmaOpTF_vcnUzIZg8UWnAvpVCwkPbIEhnwM8oX7YjiZ5dPoSyFiq84K2NbwhbHzxEnAMDX5FwwTsUplWK__yBtjUYvgnquo4I4ymB_j6iC8oBEQikyGDsmldogEG2t2woHXDZDFNfsMN24OU0o8q-pbGydpqK05rK90QgkNeQAszE7RIQTmbuPUSvZH8XebXJ4RI4u5RFsd1RMb-tdm8PB0T6R2HrqWVXqEVYCngj4R6kQky6y5LTwBuy49MkhyLS8OamHuuOaDn8HKJrEQXaE7gMoyVmSbsA-Y-8AnTmODpFt0clu5woNGAtRcYAfCiYoj4rbtY2eo78gbI9aazqSaIQvFRlxVqDdad7BqAX7omDKQjueetqlKbBwknLeixlmmWMyeoBJfBphFFX-Yv3b0Kg76eP7ZA6cxEWfosffnTdSk8eMYgyCzOS4Un8IuWnrrxShNTwTSl_2ExvzeJOOGez-0dlk41G0Nvmct4VHSsxVPuFm3SXNbKP7NIZlcXNJFZz4RioIX8oRJHlTspr64qc-r7TBdvZuAb6xN8oJiDfaW21s1LMKm8tWewz59e2SDhd0q5ugKBDctc17-QfElPokG86oorEvWprwoRCtNLrE7f3wwZpuDMZRZxplIyAce-9Iwa79_fw2Kc86JFOiYy_cdrmqtoHm7cBRktlQ5PhN20qPZkONfr66fKAL4zGfiawiDD6FSzGfFtaF-f54GX-L7NTRSlRQBSE7DQYNqwTiLdhxHyvKrwvq-Lat0IUlpeJxi8HSr1Qumb1hCjMI6m9N3j52jDN5vVbUjDizUB7d3tSBGkavSiGI3te0zXv0sPLL0HZ_BBa7kaReDVB7fO2rsT2Qx3sXdk8quW2olaoFOr1Zhst2DbUnaoimwspIbHFZgv3j7rCwaHwIIpVnRebFhTxdxlaEedfG0xXSocpc0Kzp01reeDsoXJFnHVXJIa1kwkf5Gs2NhsLzxTAhyL6GCTCQSXw1uLpXetuf-RiCr8YB-cCH7yOEHFvn_HifOGUZEepk-s091whu0wmOuqywFfsWNcIDNFEHenO39uGi_9WtFbPD_S8nka1371pig85Zs46pVvPNDvtEPXpaYqlyWzIaVlKBRPALAHNBQBk5P3akKHiqessVG3lNyLM-_YVrc0mILt2fj6yy_pvTrZugfIk2lfFMl4Jb2RS0q3zBSHgyI3iLrH8NmlMoSWJcD3EBs3zYdr9SCqgn24vkjEMX7nVflVKvpSrxyAI3GXIGVqMZw8Bw9XjBIHhg5GqZPvhiXq-Iyrm9MRlj-DY5bBLmYleujiW8RRqKV3ynlrTnF5cUYipRodXD02r5tH3kq7QmtQSkj7U1tistwHWXabcdwtei-GhZ24L8hfVMCxpVN7PyMYWBP-wDx0sufpGo8s11-_3nl7BmTLgXRcksfyy8IV97WnZrWSFYzRaQyysnyid5LflZhFcePiKF3ERIx2WXw7gtWd226rMUAL_K8rPIy3hjsMjnVUaYMWtMzSsQzuuVAG0EC7HSx2wsFM-Nz8JHqhbcNXzhuYr3H_jDoSZKgANhNVPaD7N2ES5tHy9tY5_qj7SVtN_boW1R4ipmZY2kK2pGD9lCl5cnJwL2ovXfo0LBWyw-vUwBwVFsPaothdlMBjUueT4WV37fcjHILumW4lgQy3mZF5S4v7GebqJVJ4woybFPmoIDie8iv0RsVTN9LL8TXMuZYDgx34faEV7pxWvXQv3zvui-EYRjBdp4ZZeCcLVL1QJSLvSBANZuki_XDqYJZOu8ZRpnwWKGp-wMBfD5QvL07FttHCdwosMn5OK5TvgLoENng_V01RW-BD--wrPtm5cxTmmfqY7v3rd9kBKC6VoBcV3YbYROPq93LK9Njd-XGvbYJjV_WFJS4eWNJ4Gbq5ogLXa_45r07D5O0F3ZS3oEbbNeR-8XThX2i6rvqTTW9jF3QYxsF0bTcvlQW0Ut8fAKy2UTnfnwT73y-Mo5X0aeNb4k9mj_9D2c3p9ui2zT6ra9AsygatvrG_CfeSovy4QVhmIMADT6tVz__ZRU4GhMuE6l7DlM8XyqhJ-sazaUV1z7bju1XG2rGJeqnn49LuvVF8rBorQX_Lk8-smB8ZOBq9Uek3_qDAv7Z_OfoJ55n-ven-ckJUr94AA68tsGWky66wXJ9rt5pXNSs9fDaYyA6-z03vo4WrbAhKN671-wzln5XWQi-Nb-KOxqo9c8QZ_DnKF1UMjM0m5EUHazx252XVYm0UbjX-Nr7rnWEd2jPI-9EZkZd28CH03eeEjsksxU27hoU1grez8ob592nMljuYi8mPvi6p3oy3atpF95bDZaMbT3PADGnU3Tq6SabnyvgyHxGFmND2I7d-mIsb6zYnLHnIaOPaL30wsbsLs2aJtq24ymhLA1lTvN5dbOER4rxQbPW1gMr3eAsqCWNv-CZaYh0b5yGXA637Lc9Fd3x23bhZ51w5Z-2c8cxNrsP-ly6sxRGL1xPmY7npm-iPvryjQ8xThdYLbQGxl2xZYbFd6Z1BkOdPaMObfh-E52c7Huto7uesdexZuTPl8FyMZ08UeMPdVDkUHVWPt-d267q3xj_FEyw7pSwLjpWp6OAzKtIbU7ngXa91_4dgXbDTkHMRmtPeYOe_tTfPM-IO5kpvRkPOguFV9SBGbEDcfOp2_spaXiFMdohBoKPTGl8RUwU46r1qAiiqdvx7NtcvAK4prZGwX6GLdpDuXVDR1vQz0YgtQLO2VX2Ol6XSMmLfDZQiHCSlsrprC_FurbmXwIUDHIDfHTqX9fqZ-XdE1ru_owUT7YcZcV6YqvJUtm9mmqsiN3zQ9T2F0cWNC73Ma0DwM-EU-VxmoD66B32p6G5MCaDxX06wxAQIPgAA",
            text: ##"""
/* The console: dense and calm, light and dark by the system's wish, from 320 to 2 560 pixels. */

:root {
  color-scheme: light dark;
  --ground: #f4f5f7; --panel: #fff; --raised: #fafbfc; --line: #d9dee5; --text: #1a2230; --faint: #566173;
  --accent: #1d5bb8; --accent-text: #fff; --accent-soft: #e7effb; --bad: #a8231c; --bad-soft: #fbe9e7; --good: #17683f; --good-soft: #e3f3ea;
  --warn: #7a4b00; --warn-soft: #fcf1da; --focus: #1d5bb8;
  --gap: 12px; --radius: 6px;
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Noto Sans CJK SC", "PingFang SC", "Microsoft YaHei", sans-serif;
}
@media (prefers-color-scheme: dark) {
  :root {
    --ground: #12161b; --panel: #191f26; --raised: #1f2630; --line: #323b47; --text: #e3e8ef; --faint: #9ba7b7;
    --accent: #86b4ff; --accent-text: #0b1a30; --accent-soft: #1e2f4a; --bad: #ff9a92; --bad-soft: #40211f; --good: #7fd3a3; 
    --good-soft: #183527; --warn: #f0c26a; --warn-soft: #3a2d12; --focus: #86b4ff;
  }
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { background: var(--ground); color: var(--text); overflow-wrap: anywhere; }
body { margin: 0; min-height: 100vh; display: flex; flex-direction: column; }
a { color: var(--accent); text-decoration-thickness: 1px; text-underline-offset: 2px; }
h1, h2, h3, p, dl, dd, ul, pre, fieldset { margin: 0; padding: 0; }
h1 { font-size: 20px; line-height: 1.3; font-weight: 650; }
h2 { font-size: 14px; font-weight: 650; }
h3 { font-size: 13px; font-weight: 650; margin-top: var(--gap); }
code, pre { font: 12px/1.5 ui-monospace, "SFMono-Regular", Menlo, Consolas, "Noto Sans Mono CJK SC", monospace; }
pre { white-space: pre-wrap; background: var(--raised); border: 1px solid var(--line); border-radius: var(--radius); padding: 8px 10px; max-height: 320px; overflow: auto; }
bdi { unicode-bidi: isolate; }
:focus-visible { outline: 2px solid var(--focus); outline-offset: 2px; }
h1:focus, main:focus { outline: none; }
.unseen { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
.skip { position: absolute; left: 8px; top: -60px; background: var(--panel); padding: 8px 12px; border-radius: var(--radius); z-index: 10; }
.skip:focus { top: 8px; }
.faint, .hint { color: var(--faint); font-size: 12px; }
.gap { flex: 1; }

/* What stands around the views. */
.bar { display: flex; align-items: center; gap: 8px var(--gap); padding: 8px 16px; background: var(--panel); border-bottom: 1px solid var(--line); flex-wrap: wrap; }
.brand { font-weight: 700; font-size: 15px; color: var(--text); text-decoration: none; }
.where { padding-left: var(--gap); border-left: 1px solid var(--line); font-weight: 550; }
.who { color: var(--faint); font-size: 12px; max-width: 220px; overflow: hidden; text-overflow: ellipsis; white-space: nowrap; }
.language select { width: auto; }
.frame { display: flex; flex: 1; align-items: stretch; }
nav { width: 184px; flex: none; padding: 16px 8px; border-right: 1px solid var(--line); background: var(--panel); }
nav ul { list-style: none; display: grid; gap: 2px; position: sticky; top: 16px; }
nav a { display: block; padding: 5px 10px; border-radius: var(--radius); color: var(--text); text-decoration: none; }
nav a:hover { background: var(--raised); }
nav a[aria-current] { background: var(--accent-soft); color: var(--accent); font-weight: 600; }
main { flex: 1; min-width: 0; padding: 20px 24px 56px; max-width: 1680px; display: grid; gap: 16px; align-content: start; }
.title { display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 8px var(--gap); }
.tools { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
.live { position: fixed; right: 16px; bottom: 16px; max-width: min(420px, calc(100vw - 32px)); background: var(--text); color: var(--panel); padding: 10px 14px; border-radius: var(--radius); z-index: 20; box-shadow: 0 4px 16px #0004; }
.live.waits { bottom: 72px; }

/* Panels and what stands in them. */
.panel { background: var(--panel); border: 1px solid var(--line); border-radius: var(--radius); min-width: 0; }
.panel > .head { display: flex; flex-wrap: wrap; justify-content: space-between; align-items: center; gap: 6px var(--gap); padding: 8px 14px; min-height: 44px; border-bottom: 1px solid var(--line); }
.panel > .body { padding: 12px 14px; container-type: inline-size; }
.panel > .body:has(> table:first-child) { padding: 0 0 10px; }
.panel > .body > .pager, .panel > .body > .count { padding: 10px 14px 0; }
.panel > .body:not(:has(> table:first-child)) > .pager { padding: 0 0 10px; }
.columns { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 380px), 1fr)); gap: 16px; align-items: start; }
.columns > div { display: grid; gap: 16px; min-width: 0; }
.nothing, .loading { color: var(--faint); padding: 4px 0; }
.panel > .body > table + .nothing { padding: 12px 14px; }
.problem { color: var(--bad); }
div.problem { display: flex; flex-wrap: wrap; align-items: center; gap: 6px var(--gap); background: var(--bad-soft); border-radius: var(--radius); padding: 10px 12px; }
.facts { display: grid; gap: 0; }
.facts > div { display: grid; grid-template-columns: minmax(96px, 168px) 1fr; gap: 2px var(--gap); padding: 4px 0; }
.facts > div + div { border-top: 1px solid var(--line); }
.facts dt { color: var(--faint); }
.facts + button { margin-top: 10px; }
.inline { list-style: none; display: flex; flex-wrap: wrap; gap: 4px 14px; }
.inline a, td a, header a { display: inline-block; min-height: 24px; line-height: 24px; }
.badge { display: inline-block; padding: 0 8px; border-radius: 10px; font-size: 12px; line-height: 20px; background: var(--raised); border: 1px solid var(--line); color: var(--text); white-space: nowrap; }
.badge.good { background: var(--good-soft); color: var(--good); border-color: transparent; }
.badge.bad { background: var(--bad-soft); color: var(--bad); border-color: transparent; }
.badge.warn { background: var(--warn-soft); color: var(--warn); border-color: transparent; }

/* Tables: where there is little room, each row is a card. */
table { width: 100%; border-collapse: collapse; }
th, td { text-align: start; padding: 6px 14px; vertical-align: top; }
th { color: var(--faint); font-weight: 550; font-size: 12px; border-bottom: 1px solid var(--line); white-space: nowrap; }
td { line-height: 24px; min-width: 112px; }
td.number { min-width: 0; }
tbody tr + tr td { border-top: 1px solid var(--line); }
tbody tr:hover { background: var(--raised); }
td time, td code { white-space: nowrap; }
td.wide { width: 40%; }
.number { text-align: end; font-variant-numeric: tabular-nums; }
td.acts { text-align: end; white-space: nowrap; width: 1%; }
td.acts > div > * + * { margin-inline-start: 6px; }
td.clip > div > span { display: -webkit-box; -webkit-line-clamp: 1; -webkit-box-orient: vertical; overflow: hidden; }
.pager { display: flex; flex-wrap: wrap; align-items: center; gap: 6px var(--gap); }
.pager a, .pager span { line-height: 28px; }

td.detail { background: var(--raised); padding: 10px 14px 14px; line-height: 1.5; }
td.detail::before { display: none; }
td.detail .columns { margin-top: 10px; }
h4 { margin: 8px 0 4px; font-size: 12px; font-weight: 550; color: var(--faint); }
.row .field { display: flex; align-items: center; gap: 8px; }
.row label { white-space: nowrap; }

/* Forms and buttons. */
button, select, input, textarea { font: inherit; color: inherit; }
button { background: var(--panel); border: 1px solid var(--line); border-radius: var(--radius); padding: 2px 12px; min-height: 30px; cursor: pointer; font-weight: 500; }
button:hover { background: var(--raised); border-color: var(--faint); }
button.first { background: var(--accent); border-color: var(--accent); color: var(--accent-text); }
button.first:hover { filter: brightness(1.08); }
button.danger { color: var(--bad); }
dialog button.danger { background: var(--bad); color: var(--panel); border-color: var(--bad); }
button:disabled, dialog button.danger:disabled { background: var(--raised); color: var(--faint); border-color: var(--line); cursor: not-allowed; }
td button, footer button { min-height: 26px; padding: 0 9px; font-size: 13px; }
input, select, textarea { min-width: 0; background: var(--panel); border: 1px solid #8590a0; border-radius: var(--radius); padding: 4px 9px; min-height: 32px; width: 100%; }
input[type=checkbox], input[type=radio] { width: 18px; height: 18px; min-height: 0; margin: 0; accent-color: var(--accent); flex: none; }
input::placeholder { color: var(--faint); opacity: 1; }
textarea { resize: vertical; display: block; }
.field { display: grid; gap: 3px; align-content: start; min-width: 0; }
.field > label { font-weight: 550; font-size: 13px; }
.field.check { grid-template-columns: 18px 1fr; gap: 0 8px; align-items: center; min-height: 26px; }
.field.check > label { font-weight: 400; font-size: 14px; }
.field.check > .hint { grid-column: 2; }
form { display: grid; gap: var(--gap); }
form.search { grid-template-columns: minmax(0, 560px) auto; align-items: start; justify-content: start; }
form.search > button { margin-top: 24px; min-height: 32px; }
form.search.many { grid-template-columns: repeat(auto-fill, minmax(min(100%, 210px), 1fr)); }
form.search.many > .field:first-of-type { grid-column: span 2; }
form.search.many > button { justify-self: start; }
.choices { border: 0; display: flex; flex-wrap: wrap; gap: 4px 20px; }
.choices legend { font-weight: 550; font-size: 13px; padding: 0 0 6px; }
.choice { display: inline-flex; align-items: center; gap: 8px; min-height: 26px; }
.sign-in { padding: 20px; max-width: 400px; width: 100%; }
.sign-in > div:not([class]):not([role]) { display: grid; gap: var(--gap); }
.actions { display: flex; flex-wrap: wrap; gap: 8px; align-items: center; }
form .actions { justify-content: flex-end; }
form .actions .curl { margin-inline-end: auto; flex: 1; min-width: 120px; }
.curl summary, details > summary { color: var(--faint); font-size: 12px; cursor: pointer; width: fit-content; min-height: 24px; line-height: 24px; }
.curl pre { margin-top: 4px; }
.switch { appearance: none; width: 40px !important; height: 24px !important; border-radius: 12px; padding: 0; background: var(--raised); border: 1px solid var(--faint); position: relative; cursor: pointer; }
.switch::after { content: ""; position: absolute; inset: 3px auto 3px 3px; width: 16px; border-radius: 50%; background: var(--faint); transition: transform .12s; }
.switch:checked { background: var(--accent); border-color: var(--accent); }
.switch:checked::after { transform: translateX(16px); background: var(--accent-text); }
dialog { width: min(560px, calc(100vw - 24px)); max-height: calc(100vh - 24px); border: 1px solid var(--line); border-radius: 10px; background: var(--panel); color: var(--text); padding: 20px; overflow: auto; }
dialog::backdrop { background: #0b0f1499; }
dialog h2 { font-size: 16px; }
dialog progress { width: 100%; }
.scroll { max-height: 280px; overflow: auto; container-type: inline-size; }
.secret { user-select: all; background: var(--raised); padding: 2px 6px; border-radius: 4px; }

/* Messages. */
.hits, .talk, .context { display: grid; gap: 8px; }
.message { border: 1px solid var(--line); border-radius: var(--radius); padding: 8px 12px; display: grid; gap: 4px; min-width: 0; background: var(--panel); }
.message.marked { border-color: var(--accent); background: var(--accent-soft); }
.message { grid-template-columns: minmax(0, 1fr) auto; }
.message > * { grid-column: 1 / -1; }
.message > header { grid-column: 1; }
.message > footer { grid-column: 2; grid-row: 1; }
.message > header, .message > footer { display: flex; flex-wrap: wrap; align-items: center; gap: 2px 10px; }
.message > header time { color: var(--faint); font-size: 12px; }
.message > footer { gap: 6px; }
.message > .around:empty { display: none; }
.message .text, .text { white-space: pre-wrap; unicode-bidi: plaintext; max-width: 90ch; max-height: 420px; overflow: auto; }
.message img { max-width: min(100%, 320px); max-height: 240px; height: auto; width: auto; border-radius: var(--radius); display: block; border: 1px solid var(--line); }
.context { border-inline-start: 3px solid var(--line); padding-inline-start: 10px; margin-top: 6px; }
.address { color: var(--faint); font-size: 12px; }

/* Charts. */
.figures { display: grid; grid-template-columns: repeat(auto-fit, minmax(150px, 1fr)); gap: 16px; }
.figure { background: var(--panel); border: 1px solid var(--line); border-radius: var(--radius); padding: 10px 14px; }
.figure dt { color: var(--faint); font-size: 12px; }
.figure dd { font-size: 22px; font-weight: 650; font-variant-numeric: tabular-nums; line-height: 1.3; }
.chart { display: block; width: 100%; height: 120px; }
.chart rect { fill: var(--accent); }
.chart line { stroke: var(--line); }
.feet { display: flex; justify-content: space-between; color: var(--faint); font-size: 12px; margin-top: 4px; }

.bar .menu { display: none; }
@media (max-width: 860px) {
  .bar .menu { display: inline-block; }
  .frame { flex-direction: column; }
  nav { display: none; width: auto; border-right: 0; border-bottom: 1px solid var(--line); padding: 8px; }
  nav.open { display: block; }
  nav ul { grid-template-columns: repeat(auto-fill, minmax(130px, 1fr)); }
  main { padding: 16px 16px 56px; }
}
@media (max-width: 720px) {
  .who { display: none; }
  form.search.many > .field:first-of-type { grid-column: auto; }
  .message > footer { grid-column: 1 / -1; grid-row: auto; order: 9; }
}
@container (max-width: 600px) {
  table, tbody, tr, td { display: block; width: auto !important; min-width: 0; }
  thead { position: absolute; width: 1px; height: 1px; overflow: hidden; clip-path: inset(50%); }
  tbody tr { padding: 8px 14px; }
  tbody tr + tr { border-top: 1px solid var(--line); }
  tbody tr + tr td { border-top: 0; }
  td, td.number { padding: 0; text-align: start; display: grid; grid-template-columns: 104px minmax(0, 1fr); gap: 8px; }
  td:has(> div:empty) { display: none; }
  td::before { content: attr(data-label); color: var(--faint); font-size: 12px; }
  td.lead { font-weight: 600; }
  td.acts, td.detail { display: block; padding-top: 4px; text-align: start; }
  td.acts::before, td.detail::before { display: none; }
  td.acts > div { display: flex; flex-wrap: wrap; gap: 6px; }
  td.acts > div > * + * { margin: 0; }
  td time, td code { white-space: normal; }
}
@media (max-width: 480px) {
  .bar { padding: 8px 12px; gap: 6px; font-size: 13px; }
  .bar button { padding: 2px 8px; }
  .where { order: 9; flex-basis: 100%; border: 0; padding: 0; }
  main { padding: 12px 12px 56px; }
  form.search { grid-template-columns: 1fr; }
  form.search > button { margin-top: 0; justify-self: start; }
  .facts > div { grid-template-columns: 1fr; gap: 0; }
}
@media (prefers-reduced-motion: reduce) { * { transition: none !important; } }
.figures .figure { background: var(--raised); }
.figures + .columns, .figures + .facts, .figures + .facts + .columns { margin-top: 16px; }
.figure small { display: block; font-size: 12px; font-weight: 400; color: var(--faint); }
.feet.around { justify-content: space-around; }
.plot { margin: 0; min-width: 0; }
figcaption { display: flex; flex-wrap: wrap; justify-content: space-between; gap: 2px 10px; font-weight: 550; font-size: 13px; margin-bottom: 6px; }
.setting { grid-template-columns: minmax(0, 1fr) 150px; padding: 12px 0; align-items: end; gap: 4px var(--gap); max-width: 900px; }
.setting + .setting { border-top: 1px solid var(--line); }
.setting > [role=alert], .setting > .curl { grid-column: 1 / -1; }
.setting .hint { order: 9; }
.switching { display: flex; align-items: center; gap: 10px; margin-bottom: 6px; }
@media (max-width: 720px) { .setting { grid-template-columns: minmax(0, 1fr); } .setting > .actions { justify-content: flex-start; } }

"""##
        ),
        Asset(
            name: "parts.js",
            digest: "c42d1b555b74a5e826b09ea9e771f339",
            gzip: "H4sIAAAAAAACA61Z247byBF9n69oA8aSdGTaDgwk0WAyMOxdwMDCC8RB8uAYYEtsSe3hRUs2Rxa0AvYf8g_5sP2SnKrqJlsaTRwgebGGfal7napqv3ih_roxamvN0vTKbbRT99bseqU7o2pdGtWu5srZ2vQz5fSiot_eLJ1tG3--anU5UzjQ6zXRaLFsVGdwucuvrmy9bTunDmo5dJU6qlXX1irJX-itzb_0yfV0wFQz7Jp-8_7dTLW7Zqa2g4tulG19dqNua9O4mWqGemE6CBidtq_-2MjxqxfPnqk3_rCyjaptVVko0TZlr3rbLI169ac_vLxWTes2tlmr3cZAfcf_2h7LjcnVsxdX5iszXg0NG4DtksbUMnW4Ugp_9jjVDk2pbk653dzcQNqqUr_88nAD583KNqa8uJsk6lbuzr0up6yvwbkzbugaz_oWFk0TkjGZwVildoY-5rKd13oJZQ2sZl01rg5uqY4z_-HMV5eBXQIrHoMd-w3ZYNd2JdlSq0X7da6KdduWxUwVC80_O901-G07Nh6CiKxZx0YUI-H42sBIKbGaqTvLJkuSTN38mcXvt7ph8ZeV7vs5M8CNpwc6eixIVpZydHOja0N8bSnhCf8tW8R3qXSvLH0_lGLZlqMQI2daJM5HDkbZm9hUtrlTC1O1Ow53vd1Wdqk5KkRZpcsSwXyBG18FN39gpvI8hysqfDUjd81KbzqD9PMHSdf46CjLYnCuba5VQTYpSONiW2lLDihWtutdAX92iGqYgySjDKdTWGQXFaVu1qYrLsa4EPf-2YrAh9FRzCdhubRzncVpYMARW4ejJIMPSdJJSLFibr9FyE0r3rtE9owY7dnl3Vx4R_72AUnwtdTICva2RkSK3LW-o8ukuEbMmqqCgTrz82DIHtBe93cICqR6I2EBIGtpRbuLdtD9WwBY6inEiQ5_UvSQhpBR1NMLaGKQGC9nqmspvZJ11w5b7Ca6s_p5pRE8CaA1TUYNIlmRAEfOaGFRGqdt1Xsu_itOi4TQNSHrcNIMda27vY9esEDo84Esm7G4EeldZx0HP4feQdmVSj2DvN1SRAKF04qR4pPXPs0-56tK4xcosk2JdJZ_aW2TJv9owORaHYlBIIP4_f4eePWj7Z1pTAdQatfrikzF3LP4cJCHfyNM8_uj3_9O7t4Rou-6tlmDlHUbmG-n91yDur3SawTnCOY4vkR4wLrbiw7edi3KW52arqO84MsPQri092x271Ndmc5N4Zt4GuQI3FMSExGIMO3c10o4Qw7xIjIdclItup2ujYRXEMaxf-HNv4gX1MGWRz5ly_kDKseMkJvqhXARY9yO-Yy4CyZKslFduTFl10e9R4lEtZHCCAoEIFtInyBh7D0V-jWsN_NmtmLkhTQAPqJ3QCyqM217ObOaBtVmaTz8ksXLdjlQhctLiwLglhuOn7QBbr0detfW8p2Eq1LgOELmjA-kflyzcJqtIjhIkoZaf6kehL3zknDqE38qOatBV4o4bjWooRJoQdtQiqhZAsYs9rBUbyqAO8rpzndSVpop6rQIlRivAVkAkq4QPCOKO4nk2jB2707TIAd3EeD1y9eedlHbHl3OuohTAbKs4b5mzg7tTXdvOrXR1OyoflhuEOFA31y9dz3JQHIVIh2JqeEJYvXQmb43TGFIKRkoYogESxlamXtTwai_51iooKf0jqIiekiRc0a1-xgjrKfw_h0u-w4RICeckgjLFm25DxjpEzU4i7aSE0xtpOgzXnpS8QX0HQBokuUEsitTLvbAbS8SEmoSTpIn5P504pI8tBvwutg8PbBtjkXI5okojviPzJtN3UofOOY3682aVQYVnrDqRr2kb9IxF-9hSff7ZqnSg_p5sDgIW-qqN2O1JvhnyZnC727Uq2v-FHPVUuVoT5apUDxhSlIiSIjZhTQh5mOapMmP8ql--_VfqBSZ0KK7eW_cm1D2UzH5YuipiiWuG0zizxKyi5znnbbeaZ9CqT8rUrLoT25EeOqtfXDmvV03usr1AiFsyswD_fUJcTJhPxKXUE2Z4_-Dx2Q45uNJHpHfAD0l9SIb1f0fGNFVKRG9026QkYIw4rvvQt7JlLGxaHsnlj6GsFoaCivyRKB5hLcRP_8F6exEUYbNNGyNZjwnhrZdNJ3mIlA835RMeEj-rNSeMJlOnxV9aYKirEnHED1OgdqZur03F2OVDx_PUi-NZzNajyoTz9QE6x2gGh3qsq2GuukLHsCLA2MO-gtDaS4jTyi1Ubcv8y-1-2h-e56_4MUijF-XZ1diDCxouJJ4tjMWA1lcb90-YDC5hJbzyjRr9Fjk3pfZpI-3N18BNElHGyZnKaT8vTcuT7IIgQnXKLU8c-4lU_kYS67bMJiwv6nNbQmTffclRzf80jA1YbKa84RyDJrlbMhpjr40WiZD0xvTBKB6I48cCfdRMZVYBeqLSQW2D8uPvybhu7hZxE4ySXSiLsoMjQsRBvvBFH73NcqVMS3auKgywBKD_jRfnKjvxwNfiybjEDUWPAQ7uZwlCs6mEzlzoyaeOvo0qaiE-Qs-GOgYZ4CnFHXOHG-xCmHhdB7i8T3qnh0XylMryiQVtLlsZI4tGnf4CFf_x4iwD7PTiTJMEfizoXaSOl50Pejc9PIu7PBsPTt5LeJns1aarEY9lntErYtbpEama91Be4dG7IYHur7lsEatcef9UGc4bwT5MQ10-0_j7c_XPmmfsOjAzCd0YcxYIXj64DS-LD0yesglNhds95Y-Ul564OfzRod1HQeib_J-kJTT5HPOOLRZHY1M9KgSLJr7BxOgW2SV0J1lnN0_kO9kkDkblNho8Zz0IQQAzUlSIQKjdftNnn4Yyb6tHzVHehJKAlIcHlSniUS0JyloFATuzNWB12QWDOHiX4c-QJKeI_deVwO9iNB73PRw1VLc5upvvOnfUGg6IlPRH5VZYY4ZLr-JrKjcpFsNWz6clKszNXGU1eTj-cpWMFDKl1kZ-oNilX4_vfo81vbztZNmIN5Ikoz9J7j6SeoaK_15BOQJ-fjL-Q8666GiLP0a38yykzFyZU1VylSHQbKWJwcMcorR6xrLG8oVFD6efv32ZdMRKQSLL_AiLb2KUe5TQCVeBH4OnTFh-G7LNQmgsDHLOyNvZR29BZzggy2jQYmVi4ouCPEgxaLequIpPSM8p6_C58F0uN8gBojYgecgkVIAG93qEv1PGIeYaiROmEZsg2YrAJLoR77C7IuZa-wz-dQ4jPHWzDMflfZ-vTN7Gbcnr8oBDjc22VzxISFkSv5ktmLQMK4LdEVN7CQe7YO5hoCxaOOylBJKvdess7fTGDZE-AJZ9tqi_XpGlv8en0UjgqOf_eAqJP_DTT24dtnWW1ieyly7WpEdt6jKTIjzEDSSEx7eKlGM8AuKcJC6TBwQ8XOezGcStCejND_Z-Yi6CHO0x9N0iBUu0rZxWRR0Hj4uGOyRKVoSkk8xtrA9xL08CZgAuxcvji8340W-EiW8NNb0PwdyjJ-zSt1vLv0fgsdniQCKzdQncPR_PtNKXP-S3379Z8J2IHbpB_kJCHQ9tSW90R3mwgiHKrRj1-r7hroGqND7ByFITA-ojh63G9-ujP_fQNUgPOOhFKxt08uLzuUHHWL5A-AublhOYGtMev6T2p8TMPLx-ijizQkOiEmAvPlZZ0NHP9NokSQx4DGqEHE59pHTve1CVmQ5w2AhtJ8_PRCZY_HoLYn0LN-4uoK6j1yNKhyVAAoqaYClsRwVCYE2LvTDorZujumWni6jTh9pTSv5tuPfd2alh8pNLxhiRaneEOqnxRcInNN_c8LrnTU9P4uSg96h8RfyOWBqbVwWE3m8YYFJQ3MgXefYKoXZlzqjKb3Iw7NH_kdH1Az9zEfR3lfRfwMKohbhbR4AAA",
            text: ##"""
// The pieces that views are made of: times, tables, sections that load, messages to the reader.

import { curl } from './api.js';
import { el, freshID, own, put } from './dom.js';
import { moment, number, t } from './i18n.js';

/** A moment in milliseconds since 1970; nothing where there is none. */
export function time(milliseconds) {
  const found = milliseconds === null || milliseconds === undefined || milliseconds === '' ? null : moment(milliseconds);
  return found ? el('time', { datetime: found.machine, title: found.utc }, found.text) : '';
}

/** A short word in a box: `good`, `bad`, `warn`, or none of them. */
export const badge = (text, kind = '') => el('span', { class: `badge ${kind}` }, text);

/** A name or id that is copied as it is. */
export const code = (text) => el('code', {}, own(text));

/** A link below the application of the address. */
export const link = (address, ...children) => el('a', { href: address }, ...children);

/** A button; `kind` is `plain`, `first` for what the view is for, or `danger`. */
export function button(text, press, { kind = 'plain', ...attributes } = {}) {
  return el('button', { type: 'button', class: kind, ...attributes, click: press }, text);
}

/** The call that an action makes, for a shell; `request` is asked when it is looked at. */
export function asCurl(request) {
  const line = el('pre', { tabindex: 0, role: 'group', 'aria-label': t('The call for a shell') });
  const details = el('details', { class: 'curl' }, el('summary', {}, t('as curl')), line);
  const write = () => { if (details.open) put(line, [request()].flat().map(curl).join('\n')); };
  details.addEventListener('toggle', write);
  details.write = write;
  return details;
}

/** What went wrong, with a way to try again where that can help. */
export function problem(error, again) {
  return el('div', { role: 'alert', class: 'problem' },
    el('p', {}, own(error.message)),
    error.reference ? el('p', { class: 'faint' }, t('Request {id}', { id: error.reference })) : null,
    again ? button(t('Try again'), again) : null);
}

/** Says something in the page's live region, where it can be read for a while, too. */
export function announce(text) {
  document.dispatchEvent(new CustomEvent('announce', { detail: text }));
}

/** A sentence for where nothing is. */
export const nothing = (text) => el('p', { class: 'nothing' }, text);

/**
 * A part of a view that is loaded by itself: shows that it loads, then what `render` makes of what came, or what went wrong.
 *
 * A 404 shows `missing` where that is given: the server has no such route. Its `reload` loads it anew.
 */
export function section(context, { heading, level = 2, tools, load, render, missing, id }) {
  const headingID = freshID('section');
  const body = el('div', { class: 'body' });
  const node = el('section', { class: 'panel', id, 'aria-labelledby': heading ? headingID : null },
    heading ? el('div', { class: 'head' }, el(`h${level}`, { id: headingID }, heading), tools ?? null) : null, body);
  let turn = 0;
  node.reload = async ({ quiet = false } = {}) => {
    turn += 1;
    const mine = turn;
    if (!quiet) put(body, el('p', { class: 'loading' }, t('Loading …')));
    body.setAttribute('aria-busy', 'true');
    try {
      const found = await load();
      if (mine !== turn || context.signal.aborted) return;
      const nodes = await render(found);
      if (mine !== turn || context.signal.aborted) return;
      put(body, nodes);
    } catch (error) {
      if (mine !== turn || context.signal.aborted) return;
      if (error.status === 404 && missing === 'hide') {
        node.hidden = true;
      } else if (error.status === 404 && missing) put(body, nothing(missing));
      else if (error.scope !== undefined && error.scope !== null) put(body, nothing(error.message));
      else put(body, problem(error, () => node.reload()));
    }
    body.removeAttribute('aria-busy');
  };
  node.reload();
  return node;
}

/** A table of rows; `columns` are `{label, cell, kind}`, where `kind` is `number`, `acts`, `wide` or none. */
export function table({ name, columns, rows, empty }) {
  if (rows.length === 0) return nothing(empty ?? t('There is nothing here yet.'));
  const heads = columns.map((column) => el('th', { scope: 'col', role: 'columnheader', class: column.kind }, column.label === '' ? el('span', { class: 'unseen' }, t('Actions')) : column.label));
  const lines = rows.map((row) => el('tr', { role: 'row' }, columns.map((column, index) => {
    const cell = el('td', { role: 'cell', class: column.kind, 'data-label': column.label }, el('div', {}, column.cell(row)));
    if (index === 0) cell.classList.add('lead');
    return cell;
  })));
  return el('table', { role: 'table', 'aria-label': name },
    el('thead', { role: 'rowgroup' }, el('tr', { role: 'row' }, heads)), el('tbody', { role: 'rowgroup' }, lines));
}

/** The way to the next page and back to the first, where there are more than one. */
export function pager(context, { next, parameter = 'cursor', count }) {
  const here = context.query[parameter];
  if (!next && !here) return count === undefined ? null : el('p', { class: 'faint count' }, rowCount(count));
  return el('div', { class: 'pager' },
    count === undefined ? null : el('span', { class: 'faint' }, rowCount(count)),
    here ? link(context.address({ [parameter]: null }), t('First page')) : null,
    next ? button(t('Next page'), () => context.go(context.address({ [parameter]: next }))) : el('span', { class: 'faint' }, t('Last page')));
}

const rowCount = (count) => t('Rows: {count}', { count });

/** Names and values, one below the other. Values that are null are left out. */
export function facts(pairs) {
  return el('dl', { class: 'facts' }, pairs.filter((pair) => pair && pair[1] !== null && pair[1] !== undefined && pair[1] !== '')
    .map(([name, value]) => el('div', {}, el('dt', {}, name), el('dd', {}, value))));
}

/** A field of a form with its label; a hint is read with it. */
export function field({ label, name, type = 'text', value = '', hint, options, checked, ...rest }) {
  const id = freshID(name);
  const hintID = hint ? `${id}-hint` : null;
  const shared = { id, name, 'aria-describedby': hintID, ...rest };
  let input;
  if (type === 'select') {
    input = el('select', shared, options.map(([key, text]) => el('option', { value: key, selected: key === value }, text)));
  } else if (type === 'textarea') input = el('textarea', { rows: 4, ...shared }, value);
  else if (type === 'checkbox') input = el('input', { type, ...shared, checked });
  else input = el('input', { type, autocomplete: 'off', spellcheck: 'false', ...shared, value });
  const text = el('label', { for: id }, label);
  const note = hint ? el('span', { class: 'hint', id: hintID }, hint) : null;
  return type === 'checkbox' ? el('div', { class: 'field check' }, input, text, note) : el('div', { class: 'field' }, text, input, note);
}

/** A number as text, or a dash. */
export const count = (value) => (value === null || value === undefined ? '–' : number(Number(value)));

/** The search field of a list; Enter puts what was written into the address, and the page begins anew. */
export function searchForm(context, { label, name, ...rest }, ...more) {
  const input = field({ label, name, type: 'search', value: context.query[name] ?? '', ...rest });
  input.querySelector('input').id = `search-${name}`;
  input.querySelector('label').htmlFor = `search-${name}`;
  return el('form', {
    role: 'search', class: 'search', submit: (event) => {
      event.preventDefault();
      const values = Object.fromEntries(new FormData(event.target));
      context.go(context.address({ ...values, cursor: null }));
    },
  }, input, more, el('button', { type: 'submit' }, t('Search')));
}

"""##
        ),
        Asset(
            name: "server.js",
            digest: "98da0ca0abb208b5e35c9a2f2483680b",
            gzip: "H4sIAAAAAAACA6VY627bRhb-76c4AYKSDBiqxmKBXRuukU1ToIttvFin_eP1xiNxJE1McdiZYRRBEdDX6Ov1SfacM8PhRWrW6PqHRc7lXL9z42wG79YSrDQfpclhqQ0oZ0E30ginjb0AXLdK17hXiZUFVdOhhcxhI1TtZC1qepmLxWPb5PAodzaHUtlHEHUJP7eylbY4O1ObRhsHexAuh4WoqhxW0sEBlkZvIClmolHFB5tcDk4ijcG-fZzsS6ShtyhY0w4JlXozOTjfOYlC1e1mTjoOD6vzv9RTtnWtW9ZJ2NetqUi3ckUqts6RHRa6xLelWDgiqt1a1ascLbhwbCYn5hXuO7WRA0aNMM56TmfyE7MSdlcvYIm86CLYtd6mC40m_eQy2J8BMqqtC66Bq45DdybnMwBrKUqU4AJcmtw64WSS5VBpUV5AmsHVN2TnNJmJcqPqmSeWkDHIBYFUYdWqFhXe2yhrO2Lv1sp23Estbf3bL7-iOGIHG20k8jWyIF5G1qU0yG0PpXACDszVkigpLWQ5ynnILqNGHkhPUui7EeaSoYTJWpUy-cOqMqvTorMHUy8MQC028ndkMXqLAUI3C6_T9TXc3efh4kJX7abGA3d7qMRcVkzlLZKjuwtZ4UJK95gpoYrfCmKYwQHNMbj2k6havveoalQ32Xrlp1QwHlKD9mMNmNpHupgd0bvVbVDiFAm-afkI6ZQkeD_odRi7k226VFXVebEI7kuJiXdB1sUOrf0NEwW0DQbOlja83yh7_NikGckYFFwqY12CjIKrZJUmpfqY0JFFJSzaNQkWTki5LoMNzh1GOSrGlk9S8RUZeER2AZ96mRATjXBrZDMGFImE2h_OzjyaO3MjoFNvbL7Nj3B1dcX4g8-foV9pEXVLVcsSyLaADtk1Ui8HJxI9_4DRkeCBv9_evC2sM2hTtdx1LC7glpfCOwp0NnvxAl6FLEcwdZjX21o5fBCOszohCxDyFrbKrQt4MTuL6WepVq2RKR3JITChEFBLSEfiPSPxPBeEhZGuNfUYd1Ek6LZnnIJnBf5zqcf3tU_LvT6z9L1wnzFtGCfLzwukRr-6KvFO9nx096uvgizfwLk8P0dalG17Ul668M6uimqujG6b01oee-xY7-CWqPfdXZApP2XA-_uBDW74aiFr9FvUu9iIJk3vEJBYxlDzewbP3cPzfaB7uAB6xgOFkU0lFvIVxlryHvGdQJJlh4fIORLJ7idK-1y870t5sPIoPi7gfQgEfMLHoig4zx-8hYIWXPZSUjv5yVPjHELJK1DP7nO487WIeNA2eyfwpG0kPbEGccooibof2CADK3qTHPvtSMtTsT4U_Qnl5oeeBBa58gmldDbg-sRaQ37cMbl9rBSUSJS9qSmJ8H7B9Qhzrz9dDNgwRJ1p5eXoujRGU5swTJRGV-jXRFTScC4d31A1dU7-Bj8neRQJGPyUY9dy8TjXn5K8o2YxeSzWVHxCGo4LihL32CB8XeI6aYeYFUaJlxjSC6PmspzvkvGNl9hMoRhRiMVa1Ctk6nuldGQ1-mOxC2w3KfGUMLYL_eF2ypbJhqvO7EZkAMRWYKakxjRN_vnjOwqvL_l5Dx-sri_wdxRBXpygM3Z_hxFXiL1lOj547dutrg1HW3GJMEPi2GrBxfE5VfOL4gMjbgfUBt0CaWM0GmeTTTQei3AFz0YLY7mjFX19bUZVONDnKkx1ILwXG2mtWMlsItaXvLcUlR25z59Y6kVr0wGZQ4eQ3sBdQo5nTjUMHqkY7SwsE_cacWPER7G5m4CYjo5zQ5J1XUnHaGwRD-KjcPDgDuReI9RwzlqCaJpKoaswNVkQmHBFbbfYW5dcpOHPX_8JweBUhRWcaze2KZXVIJYOESBQb06sBdx0IxuiZgcrDbomSOQ-MfTiTpucjXRrTZJ62J_qeSbgPwn9Z8fYjza69046dJ3jMGuPerHB2FNj-n3i0INZFp-ZElcbrSv0Qt9yvpVb2uzbTZwlY3vvlKtkpONtLqDurwgWwPfu_SoJE9ecfpTBeZTyO9cpd4m9l7bSd2DUyhiWsjuFniNP6ZLmqIhjnJmt6yrOyEE3t8ceInozo3nwo-YcR7VadrfJiNg3UAlDQj-3SpLQmCJDGw-9l36vzLFV_7_CVilLZaava9cFW6GrbuNaF_fu7rvYpu7s2StjxK5Qln9TopnFNixM4alPj-gGzIxhjedU2Ek3zI_h2njQG4x6U0j5QY94DkpTHO8G-Wo4Yn1fDsYrpNSPedTNqfJoJnvte94Tt7iBoluhLc76DDjlGj8BTEjwdfKbpdabvmiQtXiBTicEQy4xcQ8DXy2xOaNsN-E3Kg6Bd5LE4ZR6xOTLEvDY04fov6RTRp6O0Fi0Y6T60zzgIE3Yk98OnIG9B8NoFM08juKeVxC3pB6DvhTEoKYaG4I6DE9dyCLWgWLZV-R8IuIXgvfbN_948-5NDF_hHoYB_HzvhT08_IEYjlVxOD8HpYZpeFQ5MStPi-ihn-xjXJWS07WfLSmcMQawacfHZkfVi3xA4TsXmOawHOiQPJcKJ-KwHwZnKkxUfOV48Oxm_-EnLyc2DWYMIvQtjS5Z4fT3tzfBr1lhsWLK9Osczv-adXNROrv7z7_L-9kKwfwyYS16FPXYmXx_GOBishPB8AS9caA2yuEBBMZA5d9--TUqncN2TTZBKK20tHSQG7d6FXGEwVaV0-9F3-ElEscjOyH0UCuOQEMQlx4JYSS6gIfZR2Fm_luspW-Oldy9fL5nex6Kco7DIvUgXq0axNxiEnOSMXnJgrPfNi0XYOw3PlHq9skzfgHqQe6_kISvZv-zUnmxBv2DvxxhHEDPRSCHEe0Qkp4CmRtDcE_7hyIZHO37i_8CFDkybtcWAAA",
            text: ##"""
// The server, for its operators: version, flags in force, maintenance, backup, keys, disk and queues.

import { at, call, get } from './api.js';
import { ask } from './ask.js';
import { el, own, put } from './dom.js';
import { bytes, number, t } from './i18n.js';
import { announce, asCurl, badge, button, code, facts, nothing, section, table, time } from './parts.js';

export async function show(context) {
  const server = section(context, {
    heading: t('State'), load: () => get('/admin/server', null, context.signal), missing: t('This server doesn’t say more here.'), render: ({ data }) => state(data),
  });
  const flags = section(context, {
    heading: t('Flags in force'), missing: 'hide', load: () => get('/admin/server', null, context.signal),
    render: ({ data }) => table({
      name: t('Flags in force'), rows: data.flags ?? [],
      columns: [{ label: t('Name'), cell: (flag) => code(flag.name) }, { label: t('Value'), kind: 'wide', cell: (flag) => own(readable(flag.value)) }, { label: t('Source'), cell: (flag) => own(flag.source ?? '') }],
    }),
  });
  context.fill(context.heading(t('Server'), button(t('Back up now'), () => backUp(), { kind: 'first' })),
    el('div', { class: 'columns' }, server, el('div', {}, maintenance(context), keys(context))), flags, asCurl(() => ({ path: '/admin/server' })));
}

const readable = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

/** A number in the unit that its name ends with. */
function figure(name, value) {
  if (typeof value !== 'number') return own(readable(value));
  return /bytes/.test(name) ? bytes(value) : /(_at|started|created|oldest)$/.test(name) && value > 1e11 ? time(value) : number(value);
}

function group(name, value) {
  if (value === null || typeof value !== 'object') return [[t(name), figure(name, value)]];
  return Object.entries(value).map(([key, part]) => [`${t(name)}: ${t(key.replaceAll('_', ' '))}`, figure(key, part)]);
}

function state({ version, started, maintenance: _, flags: __, ...more }) {
  return facts([[t('Version'), code(version)], [t('Started'), time(started)], ...Object.entries(more).flatMap(([name, value]) => group(name, value))]);
}

function maintenance(context) {
  return section(context, {
    heading: t('Maintenance mode'), load: () => get('/admin/server/maintenance', null, context.signal),
    render: (reply) => {
      const isOn = (reply.data ?? reply).maintenance === true;
      const error = el('div', { role: 'alert' });
      const input = el('input', {
        type: 'checkbox', role: 'switch', class: 'switch', id: 'maintenance', checked: isOn, 'aria-describedby': 'maintenance-hint',
        change: async () => {
          input.disabled = true;
          put(error);
          try {
            await call('PUT', '/admin/server/maintenance', { json: { maintenance: input.checked } });
            announce(input.checked ? t('The server is under maintenance.') : t('The server is in service.'));
          } catch (problem) {
            input.checked = !input.checked;
            put(error, el('p', { class: 'problem' }, own(problem.message)));
          }
          input.disabled = false;
          input.focus();
        },
      });
      return [
        el('div', { class: 'switching' }, input, el('label', { for: 'maintenance' }, t('Maintenance'))),
        el('p', { class: 'hint', id: 'maintenance-hint' }, t('Calls of applications are answered with 503 until it ends, also after a restart. Operators may go on.')), error,
        asCurl(() => ({ method: 'PUT', path: '/admin/server/maintenance', json: { maintenance: !input.checked } })),
      ];
    },
  });
}

function keys(context) {
  const node = section(context, {
    heading: t('Signing keys'), tools: button(t('New key'), () => ask({
      title: t('Sign with a new key'), action: t('New key'), text: t('New tokens are signed with it; those that older keys signed stay good.'),
      request: () => ({ method: 'POST', path: '/admin/keys/rotate' }), done: () => node.reload({ quiet: true }),
    })),
    load: () => get('/admin/keys', null, context.signal),
    render: (reply) => {
      const list = reply.data?.keys ?? reply.data ?? reply.keys ?? [];
      if (!Array.isArray(list)) return nothing(t('There is nothing here yet.'));
      return table({
        name: t('Signing keys'), rows: list,
        columns: [
          { label: t('Id'), cell: (key) => code(key.id) }, { label: t('Created'), cell: (key) => time(key.created) },
          { label: t('State'), cell: (key) => (key.signs ? badge(t('signs'), 'good') : badge(t('verifies'))) },
          {
            label: '', kind: 'acts', cell: (key) => (key.signs ? '' : button(t('Retire'), () => ask({
              title: t('Retire the key {name}', { name: String(key.id) }), action: t('Retire'), kind: 'danger', text: t('The tokens that it signed end at once.'),
              request: () => ({ method: 'DELETE', path: at`/admin/keys/${key.id}` }), done: () => node.reload({ quiet: true }),
            }), { kind: 'danger' })),
          },
        ],
      });
    },
  });
  return node;
}

/** A consistent copy of the database into a new file of the server's machine. */
function backUp() {
  const stamp = new Date().toISOString().slice(0, 19).replace(/[^\d]/g, '-');
  ask({
    title: t('Back up now'), action: t('Back up now'), text: t('A consistent copy of the database is written on the server’s machine, while it goes on serving.'),
    fields: [{ label: t('File'), name: 'path', required: true, value: `/var/backups/parley-${stamp}.db`, hint: t('An absolute path; the file must not exist yet.') }],
    request: ({ path }) => ({ method: 'POST', path: '/admin/backup', json: { path } }),
    done: (reply, { path }) => t('The backup is at {path}.', { path }),
  });
}

"""##
        ),
        Asset(
            name: "session.js",
            digest: "1ecd2810a82a185d8460781e4618a214",
            gzip: "H4sIAAAAAAACA4VUTW_bMAy9-1dwl8YOPOdeLy0KbBi6Q3fogF2j2HQixJYMSW7mtfnvIyU7tbMMAwrUER-_Hh-5WsGPPYKVO_VRKqC_SpsCb_mrwUabPgWhSn4FYaHWasf_Hfk4sYVavqBlrHQW9FGBddqIHcJxj4Yge-HgSHhhD-iDZFFUaGWdB9LTGhatMDX2mUVrpVaLPKqRzOEX2VVX13kUVZ0qHL8YFGWcwGsE4EwPr_TgOqPg2_P3p4xiWYwH5-dQS7ZD9-iwiUPKJMnhBIVwxf7d2SeBU3SaJJL2q9ZlXOlOlSHfAHZ9i7oCb7jPnD4g1bmmTqwzUu0WcHMzw2T4q5WGePIg1TVbNB40t97BZ-EwU_oYJzlXsloup8NJgWbAhd7C5tVnTWHwTeEgVZmCEg0ybCeU_C24CzKJtq1l4X-lYAvdMqRFI4iO0yaD5SqiMNo4OLfOGbF8VAPPsoL4w0BqeAEIU_Qd0JDCUHJvYfSMu2QyTf_CuNMQdzQRHcPnmZBP6wkjCauHJhmyDJMYPN7ZEgfyEyNjORyl28PGOtHbDTFBfrUWJdBk3F5aL-GKmCMJu6tEGKQloHGFTog-jhQouNKT1-OZgwF7IUY7E2MaZBuEI6t-ZCwwibXFS3-qSL_gVM-ezbOgV0t4dFAL6-zlwra8mPShuNUgdibtC_fv5kdgZOcqKeMgLmgIizpu5f_Lnhf9pCkn1crXIiDmVf7cI9VoLgot6q4ME2ddZ_BAec2Lh9HlKTVataBjIno6SJJSSQc7I5Sjy2Ow6qhI2PZ8vLCurvbaiD72sa9twqDCStCc8rOV0fD2BiMuG_zH62E6_FvCAZSNHcWL5SLhIP8wh5D5JTnUHs-NeyeJCwWibKSSJC9e9pRI0KQIfSDGKkf4yWmw0_bDckv7MHWnEdPM13djTfcZH51w1GZ56IT_AaCIA3tXBgAA",
            text: ##"""
// The sign-in in force: in memory, and for as long as the tab lives in its own storage where that was asked for.

const stored = 'parley.session';
let session = null;

function read() {
  try { return JSON.parse(sessionStorage.getItem(stored)); } catch { return null; }
}

function isGood(found) {
  return typeof found?.token === 'string' && typeof found.expires === 'number' && found.expires > Date.now();
}

/** The sign-in, or null: `{token, expires, kind, name, organizations, application, scope, operator}`. */
export function signedIn() {
  if (!session) {
    const found = read();
    if (isGood(found)) session = found;
  }
  if (session && session.expires <= Date.now()) forget();
  return session;
}

/** Takes a sign-in; with `stays`, a reload of this tab finds it. */
export function remember(found, stays) {
  session = found;
  try {
    if (stays) sessionStorage.setItem(stored, JSON.stringify(found));
    else sessionStorage.removeItem(stored);
  } catch { /* It lasts as long as the page then. */ }
}

/** Ends the sign-in in this tab. */
export function forget() {
  session = null;
  try { sessionStorage.removeItem(stored); } catch { /* Nothing was stored. */ }
}

/** Whether the sign-in includes a scope. A server that doesn't say which it granted refuses by itself. */
export function may(scope) {
  if (!session) return false;
  if (!scope || !session.scope) return true;
  return session.scope.includes('*') || session.scope.includes(scope);
}

/** Whether it is that of an administrator, who looks after applications. */
export const isAdministrator = () => session?.kind === 'administrator';

"""##
        ),
        Asset(
            name: "settings.js",
            digest: "6471bb18312458f1cadcb3df2a76e753",
            gzip: "H4sIAAAAAAACA41X3W_jNgx_71_BAcPJPngu9jakyIp93MOG4W5Ab9jD4YBTbKVRz5Y8SWkb5Py_j6Qk202yjz6ktkRS5I8_kvL1NbzfKfAqBG3uPdgtSANyGDrdyKCtqUDJZgdPOuDPTgbQAXolja_wyUOrtnLfBVRq-X1j96b19dWV7gfrAhzhXoUKGtl1MMLW2R5EfS0HXT94cTNLqa4C-4SnDfuwEGxtfyJo9v1GuQqWUvrb78yJmDQGPWlUBdL_tHdofSPbe3zdatW1FQbcUHQLI4N0wUcrV-qZzUh_MA1s0Q7L-p19KhprgnoOJRyvAPDFBxgkYrOGT18f02aN8Y3XGdNPN5Nkp_FnnQ_Ptiq2BdBZ2a6gKGH9PaFWkN0KA-7Q-2zZ63sju7KCXnuP1lcQCvF-pz0adY_KwU56MHZOaLBo134GzNxOOVWLsuLDnDKtcnjcEVoZJIx8LD3WvRyKIhng1a11ffImL7OVsaTQKKi66aT3v9GTbNtC5ONFmYJn57e663LQ9U7JFkUK9P9uksbAyFzOWhHBQB8Z47Es0d54dRXR_KxN-26LeOL-o-z2mN1ExxX4gIyUrk1xzcnysh86hUqsAbe3kyh5qrdQhMOgsAyy4HoNYmNth5wXJcIW9s6AaHaq-byxz-JftCJVF0ppgVTSUhL_CsUpz_DqFVwwZDcPyBgBtyAIOumUFLCKL2htvMmIEEMNAcLBRexinOt8wpcvMK9graqtNqol02QyHT5LLM7-9e7d29oHh5nS20M-YgV3vJTeMT9XU8Ggn63cdCrLHhNW_8-lF8tihhEJY6xRkVoL6BfCZ_lKySZdS8tcNna7jUay4TM7KWGoGJ_moBnp9MqUnIKOHRAp2Wuj-32PpSqf6YGoOPMQ_eNekKSIiATG3Ct6G_eT8mKfYk7qC95E-bQwBb7UuSyBQMjszpH_jQI7UloZy8snnqiz6SP9RmV-H1-AW4hknVrSQpQXq1kDsbx-_Rr-pFkTcDRR84Gd7VpPXYGXfvj9F-Fjnmp4ff2ScIU2OEMq7g4z5egt5nSq3CkEVqh5XU1dYFY4LeMovqQmxNwgLd5GmixEynODUw1fMlljNfXU9k4sc_XhjPLqzPq5kZeMvNC-F0SMfqVmOrX9mYfUr53tUIRHZ5FmldyobpXt1Ub22H3p93SNimrF1quYsVw7WSzGgRMu4j_rzwgHh72dj8VqWcFZahClrJTLaZXmJpbPfyik-soKPqjhsoaQ5iCyHHuz0wZHzYdlNK3yjdMD435LTRUjE4BEVx1OxQF7EnJ-rOAD1sPPeVgdOdRYDgmjqXXOhlm4xBqpco_JyfpIkzUg736Mfa-sH6w2hbgBnKgf50kdE8o8wXSmxNZ_7ZU73KkO27x1hUjlM5N01lTOWYeaFEurH9lftIDuCtkph1Niec7glPdJerMPwXLsiRDC7ze9DrjSak-BYuI5zWjKafkN80twm76Tj4ph5I0I8Ea1mwNuR85rHPPVLLqM1b_jgXiJcjx1X25kkGcDTiE83IiL6SKB7FcBUqHRa3CHnDkUPGtCN3jLxMs03qJnoWWxwphuZFzG2DxV2FnEQ_z-x3sEKFbug7dI_SN8WJbXx1UyOMJIroyz48a2KoFP9S_yJZMvaoR_NIPr7Eq-dx5j2uqcFSp72XlyMnI-5m2V7saFelQmLJAB4JUardD_RPGivEm7Z9Yp6dPmPhTMsUmckU3PcAHZaSsGnbGLcCEq65zAYiErnyR-xNAnSZHFI8bHpLaUTd8RRWJXWyd-0V9OazE4i-H05cLXf4Bx3s-xxtYwcG3k5CR7gmhN_EzvmCq6rDZ0S7k7mCCf33BF3k4fAZov_zwr-JaTFOsenZH3qlz4zv85qWOVe0H1orSzN5LHiGdvYkHdxq8pAqXZSXOvWkRlaqEcOhZsCi9d5VMiogfETvpSeEMkoc8GZVTuPXh25CILnXSnukFboqyfnA6qKJfzj8Rp8P0NP37Q-NMOAAA",
            text: ##"""
// The settings of an application, each with what it means, its default and its bounds.

import { get, call } from './api.js';
import { el, own, put } from './dom.js';
import { number, t } from './i18n.js';
import { announce, asCurl, badge, field, section } from './parts.js';

export async function show(context) {
  const path = `${context.api}/settings`;
  const list = section(context, {
    load: () => get(path, null, context.signal), missing: t('This server has no settings to look at here.'),
    render: ({ data }) => data.map((setting) => form(path, setting)),
  });
  list.classList.add('settings');
  context.fill(context.heading(t('Settings')), list, asCurl(() => ({ path })));
}

const kindOf = ({ value, default: standard }) => {
  const sample = value ?? standard;
  if (typeof sample === 'boolean') return 'checkbox';
  if (typeof sample === 'number') return 'number';
  return sample !== null && typeof sample === 'object' ? 'textarea' : 'text';
};

const shown = (value) => (value === null || value === undefined ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value));

function readable(value) {
  if (value === null || value === undefined || value === '') return t('none');
  if (typeof value === 'boolean') return value ? t('on') : t('off');
  return typeof value === 'number' ? number(value) : shown(value);
}

function bounds({ minimum, maximum }) {
  const least = minimum ?? null;
  const most = maximum ?? null;
  if (least === null && most === null) return null;
  if (most === null) return t('at least {least}', { least });
  if (least === null) return t('at most {most}', { most });
  return t('{least} to {most}', { least, most });
}

/** What the form holds, as the API's value. */
function read(input, kind) {
  if (kind === 'checkbox') return input.checked;
  if (kind === 'number') return input.value === '' ? null : Number(input.value);
  if (kind === 'textarea') return input.value.trim() === '' ? null : JSON.parse(input.value);
  return input.value;
}

function form(path, setting) {
  const kind = kindOf(setting);
  const control = field({
    label: setting.name, name: setting.name, type: kind, value: shown(setting.value), checked: setting.value === true,
    min: kind === 'number' ? setting.minimum : null, max: kind === 'number' ? setting.maximum : null, step: kind === 'number' ? 'any' : null,
    hint: [own(setting.description ?? ''), ' ', el('span', {}, [t('Default: {value}', { value: readable(setting.default) }), bounds(setting)].filter(Boolean).join('; '))],
  });
  const input = control.querySelector('input, textarea');
  const error = el('div', { role: 'alert' });
  const press = el('button', { type: 'submit', disabled: true, 'aria-label': t('Save'), 'aria-describedby': input.id }, t('Save'));
  const isOwn = shown(setting.value) !== shown(setting.default);
  const request = () => {
    let value;
    try { value = read(input, kind); } catch { value = input.value; }
    return { method: 'PUT', path, json: { [setting.name]: value } };
  };
  const node = el('form', {
    class: 'setting', input: () => { press.disabled = false; },
    submit: async (event) => {
      event.preventDefault();
      press.disabled = true;
      put(error);
      try {
        read(input, kind);
        const { method, json } = request();
        await call(method, path, { json });
        announce(t('Saved.'));
      } catch (problem) {
        press.disabled = false;
        put(error, el('p', { class: 'problem' }, own(problem instanceof SyntaxError ? t('This is no JSON.') : problem.message)));
      }
    },
  }, control, el('div', { class: 'actions' }, isOwn ? badge(t('changed')) : null, press), error, asCurl(request));
  node.addEventListener('input', () => node.querySelector('.curl').write());
  return node;
}

"""##
        ),
        Asset(
            name: "sign-in.js",
            digest: "1de58389db55f0e0a3fa7bf08fb3d4e2",
            gzip: "H4sIAAAAAAACA7VYTY_bNhC9-1dM0AKSUkVOboWD7aJtUqCnFtgUPaRpQku0zaxEqiIdx3H93_uGH7K0m0WBormsbWo0n2_eDHe5pBu11UpvSekVCUtCk2g6pZV1g3BmILPhMzNsBc6EU0aX-EUH5XYkqG6V1I6FjJYk-r5VtReqFgvV9WZwdCLhSqpF29KZNoPpKKuWolfVe5s9vwjJFnoPUN7v3USwMd0dwelT9exbfefxRsm2mYj0YnD2jswgO9mt5TARs9JadtsLLmqjrSNbm15auqJ8kH17LOjqO8rdsZcI159UXoKurq4oQ76Qxoyup48qi4S4PKOsqDaqdXLIfzCmlUIXtCK9b9sC1jZ7XXPO5plPRk8Lgkq3H7T_SuTMrUSxghlR1_D8rT8rSX7s1SDtil4IJyttDnlB30TJ-Oyt0vSYnj19-rSkW6WbFWUzs1lJWnQy6d9bOfg_fFh6-wELn3yZYeqX9XtZu-pWHm0-eWcmRdfXdDoXZUjpKmY2Roi699LbTkbTb59ZN-y94fPzxXmxWD5-TC8_1juhtyiNoF5YezBDU45gzCxZWSNjDFMcmkbSxn_1Saro8XIh7FHXNObdogd-1vkH0e6lDRlXG4q_K9ZQpBLMSyQOQjmP7Tz79ZebV0hetuyEFlsgTLult4jDE723BjU70XYQ2r1lECHxrBlP-WNFE2t09jnBCxw8nQugZOYSFy7ALsZcRGwE4L5G8kvuxpKqqurMIN8AxfHdaZMCs11eJJQuM28nWHoEHfT33_QI8vzJWqpW6q3bFeR2gzmQlgd6OQzIA15-tZv1PylLh0E5JzXTCpSh5_sqK6KJ4KgvN1z7TB6Fe7f8-oT3zvjAq-eQzHdljJQeSKnPx1vUv8GnEq3lBIdD1VyynE5iCkaZAJ27cuE0ys6rE3riHMOaNeoXaNVY7tSjD0UTzU_qsaJ3s2y--_de3CB5KTyO7nwhov_YBYsHy5baGFKJbMbo0sFYqiQ8SqSD-5XxrRNp4_edHCSgKxGFaMD-BzggGxSJtmYVJl-DtFseZ24HAPeIAEhEr2mDA0xJiZR4Bgn4jRowIfDbyY8uzIjln1_9scyvHzGvPFG6WFZOWpdkqr_2cjhWMAtWzNC613TvyWU4AAs8tO4y1g6AGW1yYoNDp8B3Z7g008n1Wy6Jm9QLYAR9AH9yMlLQawmWxE99DKEi_oaHup_0CiPcGsgLh7bHCdLHLyNLQMAR-WGCtTuBvqNW6VvaoeuVqyJvBQ6N0hVjTdTyxgH6OQcKwDBovlrGjAUiCiH5gc5TWAJejfrAQDpPnktmoPljGjBjebC1cnAZTaUH0SjDBfPQKYlThObfyfpWNr56rKcVa9l6TXULbHHj7YyqJXSFhmAhpbGqeKEIYq977M2MWxa_oqFogr_w7FpR7q1Br7EyeANmAbpZte2Fb5hzcLCYBBBe4AhYv9cBN_KQpcATs8kAdL32LnuJ_EQ-NnRInn1_oYesGN2ekAZc8IXamRb9gmeRxnE-yL_24KgmthqJvTM1tjonWvWJ1ZjNhjNfPmD7x7A4_vxiYnmksYf0m65vpWPRxAnZf7YcKP2-9Xhe0n1m-hef6v0wQMOT8Y3oxBt080Ml-A1xeAcmjkxi-3JZ-DU5ebE7ifT_i32C3N7TTGjU9d45o6fNY_frTjk_rEPHbdRguXlLdpdvKcS8MNEnsFx0veP1wZPjuL-hJU7jHuOtVg3uLuuWOzxMsDCt588o7JrxEXrKM0sc7A4kl6Z6vB2EG8O4vcyXyOdRNl018iheppllnTiGRjU6G8UTaW9NHmbLheSvL2NiZzqZFBYTU5fIzhjHrt5x-AaxdcXofGDjoIddFm0l1pgwd3MzSUHgpH7Gh1Gvrw-ubdNdGYwT98FxEKwl1kCgteGdHIPFGUPglIpiXdN1MsEHeyKaJtqoOkSKSVykUM-fL57fV54v4rYSh4cZugg5_jouIWMYQsuW0tTBjPMoBDnLD4DzBEqgfD6pYJU_X8iN2LcuH5MfwZjH2xBfK19qLCzYrHhN_gnGseiJnL24BOJXlJDeQODSfWbq2CwJtXIr_VA5zdoCDYDOKMNwy-_d55jqZ0cQZaRf3hjXypEfWcYntPB9nMbLfSK5YRxzAlED5Z3xq5MT6wm1MNgvtOJH4dp8zMK8CxDz5QzdHUbinTBS43vg4i7djijeYZvDwpLPaKKke_3zGRRvhNJ3OSbsg4TOPviF8Wj2dMAXvrvEvaz0uPIe8ZewYt3IFpXHOhwWg9cc-lVi6Df8DwBT720-XuXCShS4I6EnrW9-af0HY8bE9p0RAAA",
            text: ##"""
// Signing in: as an administrator of an organisation, or with a client of one application.

import { at, call } from './api.js';
import { el, own, put } from './dom.js';
import { t } from './i18n.js';
import { field } from './parts.js';
import { remember } from './session.js';

const scopes = (reply) => (typeof reply.scope === 'string' ? reply.scope.split(' ').filter(Boolean) : null);

function administrator(reply) {
  return {
    token: reply.access_token, expires: Date.now() + reply.expires_in * 1000, kind: 'administrator', name: reply.user.username,
    organizations: Object.keys(reply.user.organizations ?? {}), scope: scopes(reply), operator: reply.operator === true,
  };
}

/** Exchanges a password, a client's secret or a code for a token. */
async function signIn(values) {
  if (values.code) return administrator(await call('POST', '/management/token', { json: { grant_type: 'code', code: values.code }, open: true }));
  if (values.kind === 'client') {
    const [org, app, ...more] = values.application.trim().split('/');
    if (!org || !app || more.length) throw new Error(t('The application is written as org/app.'));
    const reply = await call('POST', at`/${org}/${app}/token`, {
      json: { grant_type: 'client_credentials', client_id: values.client_id.trim(), client_secret: values.client_secret.trim() }, open: true,
    });
    return {
      token: reply.access_token, expires: Date.now() + reply.expires_in * 1000, kind: 'client', name: values.client_id.trim(),
      application: `${org}/${app}`, scope: scopes(reply), operator: false,
    };
  }
  return administrator(await call('POST', '/management/token', {
    json: { grant_type: 'password', username: values.username.trim(), password: values.password }, open: true,
  }));
}

/** Where the reader wanted to go: an address of this page, and nothing else. */
const wanted = (context) => (/^#\/(?!sign-in)/.test(context.query.to ?? '') ? context.query.to : null);

export async function show(context) {
  const { code } = context.query;
  // The code leaves the address before anything is done with it, so that neither the history nor a shared link has it.
  if (code) history.replaceState(null, '', '#/sign-in');
  const fields = el('div', {});
  const error = el('div', { role: 'alert' });
  const radio = (value, text, checked) => el('label', { class: 'choice' },
    el('input', { type: 'radio', name: 'kind', value, checked, change: () => choose(value) }), el('span', {}, text));
  const choose = (kind) => put(fields, kind === 'client' ? [
    field({ label: t('Application'), name: 'application', placeholder: 'org/app', required: true, autocapitalize: 'off' }),
    field({ label: t('Client ID'), name: 'client_id', required: true, autocomplete: 'username', autocapitalize: 'off' }),
    field({ label: t('Client secret'), name: 'client_secret', type: 'password', required: true, autocomplete: 'current-password' }),
  ] : [
    field({ label: t('User name'), name: 'username', required: true, autocomplete: 'username', autocapitalize: 'off' }),
    field({ label: t('Password'), name: 'password', type: 'password', required: true, autocomplete: 'current-password' }),
  ]);
  const press = el('button', { type: 'submit', class: 'first' }, t('Sign in'));
  const attempt = async (values) => {
    if (press.disabled) return;
    press.disabled = true;
    put(error);
    try {
      const session = await signIn(values);
      remember(session, values.stay === 'on');
      context.go(wanted(context) ?? context.home(session));
      return;
    } catch (problem) {
      if (context.signal.aborted) return;
      put(error, el('p', { class: 'problem' }, own(values.code ? t('The link has been used or is too old. Sign in with a password.') : problem.message)));
    }
    press.disabled = false;
  };
  const form = el('form', {
    class: 'panel sign-in', submit: (event) => {
      event.preventDefault();
      attempt(Object.fromEntries(new FormData(form)));
    },
  }, el('fieldset', { class: 'choices' }, el('legend', {}, t('Sign in as')), radio('administrator', t('Administrator'), true), radio('client', t('Client'), false)),
  fields, field({ label: t('Stay signed in in this tab'), name: 'stay', type: 'checkbox' }), error, press);
  choose('administrator');
  context.fill(context.heading(t('Sign in')), wanted(context) ? el('p', { class: 'faint' }, t('Sign in to go on where you were.')) : null, form);
  form.querySelector('input[name=username]').focus();
  if (code) await attempt({ code });
}

"""##
        ),
        Asset(
            name: "talk.js",
            digest: "32b1129dfa9573b739b537cf058fadab",
            gzip: "H4sIAAAAAAACA60a23LbNvY9X4FOMyWZKpSdpm0qj6umbbaTnbTJ5DJ9UBQbIiEJMW8lIDtaRTN52g_YPu0P9MPyJXvOAUCClHzJdF9skQTO_Q4Mh-xXoRRfCMW4YpUoq0wwJQTTS5GP2MWyZBd1qeG5xId8wLR4p9WAVTLRq1rAr7nM8B8vUljBNUt4wWaCpWUhGJ-VK80ET5bxrVsyr8pasw3jesAWAv4oAZu2bF6XOQviIa9k_FYFR95KdeZ_V2e97yIbsPKiAHIATbswLfPewtlaI5HFKp-JGpjwFsvDB0VvtdJlLbwlb8uZ6gPk6UIM2GyldQn4kzKFpzlPUDaZLM4AV6mXslgAbSBewFnV5SwTOXKdaImbNIcX8E_mPrKK17qPLedrb4UClQEAs-ZWUhZKN_pgx2z4RuaA8vUwrIrF-7eVWLxfyPn7CzGr3vNz-DXLq-j1bHhktxZCLpagqBo3Hx4AyOGdO-zlUjCZsnLOOKkYfwFDCsivz0XNZAEqZzxNASnwjKoX-H5ZAkiwHveJFTwX6ghEn2WwSoBgpTYvQUSFiNmd4S3xjhidrwoSDSF8Og9XdRaxzS3GagHMFWz4epgAHrI4YG9ycPc7fnc-3TzYhuPR3ebx_jbafLVtnw_vbSNYMBl_Pn1_OxrKWLwTSfhC16AexMHGYxYEUTSOJ4dTfEBaj25tW0GAoIA3xYk4Eklu3GaAboPcPnz22DIltc-SEbG__-kcxBza_RE7_r55iJG5E72uBDs-PmYBPgZszE5vb9wKNIHtqH3W5faUjVj7GHnqQztEx-VsUZerCmhldQkmVNbwa6XQKGdrov5MFqRqn07iotFIlfFEhPAd_R9sFogcEMNGQYbNcykugLmNwYfkj1hAv1UAPgLPiB_e4T8VsO0E4ZDIA6QH7blRNlIfAusWZzzjSmyHtzeIBP-LAp3u1fPHP5XgJoUodEj0bE8pJpiHiNTI1bpIPOsSOln-A4yo5UemIIsyXXfMDcNTGPzy6CUSb6mAGMW-hAh22loi0CJTxIpbGVsKngIrIxDDwyQRFcqAV1UmExLrsEy00HeVrgXPAXAcxyFijiEsAF5Q94YFaslrcde8CUbM_74FdW-2EdtCIJGLgmejhjbzPAAqtlFjvg9daGBlkZDvgQ9nZXkmUob6IWHA7wupl2QLCOWuhPCkliBGE3RykZf1umcRBuxlMrSxBZQAFkEMoLDoGdStw8DuD6KjdjUoFFaLLAxSeQ7C2bAk4wpk2awegDBrye_OVmoNkgl0vRIBCgM3qYoXnV1zLgtNnwHhk5Kn4PHs44e_wNk9tBl8ALTGSkJySaNKXa_tL7cUIhrYmkIq-QUHYV5lS0edrcavGwixtZMYMmEY0OZC38VFQWQCUnf7LCtnDdYGCL4NG0RyzsKuMcSQgWst0sjadBem0bADKtUzq1KE2gH6mVn5xRfsM5doYkioOkR6IwecnZeQMSAVhwWlwxT2oGz3iKYnGwzCx-zV8ycx2Dgkkqezt5Ak4TksIKL8iExOkKgpKhdxjizt798buW47EDsCSNNH5yDaJ1KBhEUdBiQSMBOjaURai3PwhxYp5h3EhB4zYmhi5FEGfssfmpzMF2RxPANfQusGv6mTEXIESVGmeuncV_5LjGN6g1RjihlArIDUqzsrzCu3pGVsC4UVmBoLRV2XddTYJannMqV3ab3CPZqACf4FDvInC8w7Qha7ZNXQQn8RMIguL8_FQw3JFGohEXreSYu3rZtdEP3HDFX6GOitbSH0dGZKijAENdVSKM8DiTv7OlZlLsyiNS2hX7FULbBiEXUtnXDGqVRAQgErnK-QWRoC6a9ZVxpKSGSRl4rwuVMPkM1RHeCCKyRSqRUULjX6KlabR2xVIRqFpXCgwUIu-BrKJ752JUIvLfX8z4uiGCqs4F6Bxh48rGu-Do3X4tpYQXYR4cGAHd6LYo5ff1zN5yBSP8wpjZUlFh-Qc855trKSNj9jrN7WYUhP4KlFKt7RZ0Q-occplSW0gMCicgzQ8ODdg-8G7ODd1wf4976gv9-2kSGgknQIBWmws3M-x9XpA_w7n-_swQJ2d9P9bwkFIb3_Df796sHOVih7d3d-fa-_8_43EYY2YvSBYRKWfdu8-869u_91HwMW1X7R0lSOjVavCILX5UmIATJt9VdROX1se44QssbPFjbb4Pot-Tbt3EaDPemMAKAzYN-BBoWR7Wgn01H3Y60rvD7LRTYJ2XLw70Qroo_PwZtDjFcVMVSXmcASKhMUtZuCwLRTTfS6KlLtMD7nmRKt91vl-TFyOzC7Bq1OTkAtC4je4-uCaYDRk2JA2N8MJjoiI4m6VsK1hiY5xyK2kXDfRiRRbjojgotpypn3Z7LJ8X0-qFUFc6E9JmFbGlFuO6UZdEL28142bVvXyN1R4pooX6ANRtPPYK4E6V1ROI6ucpeuxGzFtE9cCmpZtL2WYWt_CbQQUDK-w5rak1XVYRChwYtU1sjtSpfEqu0WCWSuFo7bIw8usjeyv_kqlWXzdC5T0T6hsFsCLtW8Dzorky7Je9QbUIsW7CoXNXYDxXaLAWi8aHPGNbxxD8Viexp1uU7y9HrSkjLPeZG2xGHrZqkjdfZgriAG5TcAa9btgWq-UOH3CUz_88XT32JFmpbzdQfSO8icIEPovBr-UzHnKyz7fFOiFmWDox1KmSN2cAXwgS0D71mYW1djPC2E6-mP2Cm2Zs9QuadYPah2igI5rUhxBAcdfQb1rcKaZAl1yN6hCuQ_mfghvJlhbFiDwgVHateLhQDny3l91kZNCO3H1IC2gWnDKr5Gpx2AKBKeYYzFVY6DZiGvy1WRXtLhmY-BDclmA5ApCpx1wR5TnsdnYq1Ciy-G71YrcSc4p0JzmSlrL6T5FVhgvbZvwHYeOdBkPp-mOw-9r0IX23spxcrdZ9aKFHzSysi-CQCCe9W0uhmfiQycAYi2w1pUcy_ltzMgatixADC7k1VdgxcEPlLTNI9shzEga0ZKTUvqS03XZbGwLzoIKKDzNJcFhnSUkX1CIfSGRWaQ1QUAQrclQWt6YzYJPv77P-isPQg7A7KBP_KaWlbMKLWZpuEDeEheNaiuCQEUPtxuCPInkFMjz6bHbeRx7yikwtsgamhwAESKDYG3B1_gjqYEMGQ14KHcdIYFwQEbHmvTVHxay64un29QY4IeIVXx8cN_aQoLcYIXa5ZDRRcbzD0UOa_C0KROqBP3J1VLaOOMxjbmZamdsexRZVul_mSAoahMNYqtu325JxiZONBIycH-zJdTDu2P8xM1uqhBsDg18ZA-p9UtTrN7Dzob5nbwtaB-X5ZsUYJYDQuCkorj42eRSWqcLmMEhIUbYuuHL3m9EDpCu7KM7ptQ3khCFIGxw28Q7dhHZkZe107AaN6Y0ujWHwGPeoPrZmqNZxy5xIlHe3ZAnX7bRxjAk5mA5IQ0Y1U_bWZNzyAESCVi1MnEShwHYd68l1dyO3Q6xukqjkoNoWCXBNYbfDtfZ1-yQ4jZNcQx4D8VKrGu7bccTUD4FJTEwR6MLTZ-FbKpq3BILmeFmbxhS_8ruOAEEBme4pRrjhMpHGlgVwVfCDV9mBqHLQtzcjDBAxQTqYCMQkxdbdI3Cztq6RiHJfOKPKOsnOlwj4gIItZ4O9JMfNhhQhj1qNspOODDgE6zMBGNWEs8hbhu5G08c_QpUQPnZY6-_QcITr3j2xuapzx_8kLwOlk-4zXPVXhDBwA8OPG3UfdiCT1qZ2ngysT9jfC1QzunO9vlmt2fFj-7FSUGsSVXGAcFBKyUVFrjXEnqI8bdqZ7GE9y0FAonVjiq0vxMmBMuExDRf9f7plc3DIbUVP9_Qlc_1mwYeghVnibIoHfvnts4Axi2p2jG4rbD1NJPrm8j3OHBwR6f9n0ZzRmnanZylpe5SxCh-Q2JyRQm9svIzNAYHYOshaLiIfj44c9gj_fSmXI4mZichrqrFeYhc5Qd2mhhPpwksEdH0wHzlqf91ZZLkfaX83QXMG9WTSN7Yh26YY6pO3cyZF1egAI7hEGPIvJKr2n1byVWFWwtNJQkg2Zqn63yAva5bMBQBRiRaM8rsE_ChwgSkcHbJsxcUm1idMFDRXNIuR104Pmy6YFDdeJDKycDqxUb114UZD24_EqYKFADjkRrIPUgzIHqfUAsAPrs15VkQV4ZaiyppXBqfmyvC0g3OTnCdWbSBrlPrxQF7vsH99sJ3xVDxqYr8u3bXpMIKZS21wsoBlEVCzYECZauoqCNNUfvcdCf8t0kbt44RHnxs4lx1xaRJAWuzqyLaKkz4ewNdrbE36yDM7MRDwDqGc_qsbRBjFh-gyEpWgRyNppG4mjTY2hAqCNAdVQV5DllznNp1s9ScS4Tk9zpLUZ5UIGmo15SRsKNDmaCgWjQ_oKma_kDUj6ggYxpKACKyUqdIeRCL0uk9NnTF3iCXnE8C7us2hpiDDbyPXWG-5b4gnqBwvNop0DQpX_zwVwwODGng3saRmSxK2ManLgTPnMSb1nBQ3jHVXPebr3I_EdhAPO1qLK1N2Jvz4mNm-J5L6xAktU4nhxMx3HbTo7tfqrsvA_UW6NXM3MVhY3YvnWdE1qLMAIlQvyluvIR2n7zoTkeNaY6jttjY-uVtphxFipV05rGLjFte5cLcE7llz0DsiFALnDao-lITBTpkX0NllhZ0PgCb4jZonffvErz7Kz1tS6aCqs1AQUpw3sy0H6UWJpu-jcJbNnbQmmvaEDMGVHe-6lTtnnDUx9jZIMoViWuIL22eeiSbOuJrw6AFyK4vbgBrlSvJw1P00ubCOggqdUITa3jIFnXc6mTLpx5PJPkR3atL7ttk34pW3dHaL3xHGqDirFuf3Kzir9XytuTY5rzb9gfKyl0c8yOeYp68TYv_FY6o1QY9G0_Negf33ROaX_HQpYT4kJk5vKauaUFxkfXEkfGBnFIYi9D0b0ouq7UveligXSPJHCLb3Ez6BLB4mQao69iRTJ8M3nz-fTO55M3J9M7J8MBDuDblluqXxAT3tf7Ad7MobIoEvE6HpqLFQjOvxljzwfhbQv_h8mbH6Z3breQrSA29iJCt5NxCMcGGIViZAKvk1EmOsUWvrk1hJ8C1YFhb3mi2JJlqURhPVjJ1FwY3evGHQitDPvysxCPu04R-7u9GzuQpW7g3j3vVi559b14t0mg22hDKyB6OrFWoPzm4N5lzhy71X_TlbsFt1dy9_nyq26L-0QW87JXeXdvMnZL8L1FOGMb7zfzCtXfpV7uqVK7y9vebNckqVPb8S0sMhoGnJ8d9YD603WKUktIc60K7Bll2A_BTlX2Zs3uiLxDHqZha5W7M_POFUOfNK8x6D10-pmitp2CLedM1xXsiNN2Y9TM0J4TeBNdDvgJx47UniBc0kNA8OeuJ3XP3rQcW4jgChQv7TDXUn6B3p9ksgquxNaZvfcOV1UhoTrVzfJoDw1T97NNWjfNcyPqCckdg2b7bv6YYFQZtCrv1R_02k2Jp53rQObWzwW0KapzO3hvPHTMNqOkjT3Cd5ua-s4rzNrzhjYITrCNnrbnbHF3tN8upBbAXC4Zu8Nr8-Cf-5s37rDYPHnHqN4Sw0dzR9FRiZ5nS4jv2eG9A3NzGaeE-GnqX1I6iOK3pSxC0PH244e_8AozrkGh_g8aimjakzAAAA",
            text: ##"""
// Messages as people see them: who wrote to whom, texts, pictures, files, and what can be done about each.

import { at, get, send } from './api.js';
import { ask } from './ask.js';
import { el, own, put } from './dom.js';
import { bytes, number, t } from './i18n.js';
import { store } from './jobs.js';
import { badge, button, code, facts, link, nothing, pager, problem, section, table, time } from './parts.js';
import { may } from './session.js';

const pictures = /^image\/(png|jpeg|gif|webp|avif|bmp)\b/;
const neighbours = 10;

/** The id of a file of this server in an address, whatever host the address names; null where it names none. */
export function fileOf(url) {
  return /\/chatfiles\/([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})(?:[?#]|$)/i.exec(String(url ?? ''))?.[1] ?? null;
}

/** The conversation of a message, as the API names it. */
export const conversationOf = (message) => (message.chat_type === 'chat' ? `${message.from}:${message.to}` : message.to);

/** The link to a group, a room or a user, by the kind of conversation. */
function place(context, type, name) {
  const view = { groupchat: 'groups', chatroom: 'rooms' }[type] ?? 'users';
  return link(`${context.base}/${view}/${encodeURIComponent(name)}`, own(name));
}

async function fetchFile(context, id, body) {
  return send('GET', context.api + at`/chatfiles/${id}`, {
    headers: { Accept: 'application/octet-stream', ...(body.secret ? { 'share-secret': body.secret } : {}) }, signal: context.signal,
  });
}

/** A picture once it is looked at: fetched with the sign-in, shown from memory. */
function picture(context, id, body) {
  const name = body.filename ?? t('picture');
  const node = el('div', { class: 'picture', 'aria-busy': 'true' }, el('span', { class: 'faint' }, t('Loading …')));
  const load = async () => {
    try {
      const response = await fetchFile(context, id, body);
      const type = response.headers.get('content-type') ?? '';
      const blob = await response.blob();
      if (context.signal.aborted) return;
      const shown = await isPicture(blob);
      if (!shown && !pictures.test(type)) return void put(node, download(context, id, body));
      const url = URL.createObjectURL(new Blob([blob], { type: shown || type }));
      context.signal.addEventListener('abort', () => URL.revokeObjectURL(url), { once: true });
      put(node, el('img', { alt: name, src: url, width: body.size?.width || null, height: body.size?.height || null }));
    } catch (error) {
      if (!context.signal.aborted) put(node, el('span', { class: 'faint' }, own(name), ' – ', own(error.message)));
    }
    node.removeAttribute('aria-busy');
  };
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some((entry) => entry.isIntersecting)) return;
    watch.disconnect();
    load();
  });
  watch.observe(node);
  return node;
}

/** The type of a picture by its first bytes; uploads don't always say it. */
async function isPicture(blob) {
  const head = new Uint8Array(await blob.slice(0, 12).arrayBuffer());
  const starts = (...values) => values.every((value, index) => head[index] === value);
  if (starts(0x89, 0x50, 0x4e, 0x47)) return 'image/png';
  if (starts(0xff, 0xd8, 0xff)) return 'image/jpeg';
  if (starts(0x47, 0x49, 0x46, 0x38)) return 'image/gif';
  if (starts(0x52, 0x49, 0x46, 0x46) && head[8] === 0x57 && head[9] === 0x45) return 'image/webp';
  return null;
}

function download(context, id, body) {
  const name = body.filename || id;
  const press = button(t('Download {name}', { name }), async () => {
    press.disabled = true;
    try {
      store(await (await fetchFile(context, id, body)).blob(), name);
    } catch (error) {
      if (!context.signal.aborted) press.after(el('p', { role: 'alert', class: 'problem' }, own(error.message)));
    }
    press.disabled = false;
  });
  return el('span', {}, press, body.file_length ? el('span', { class: 'faint' }, ' ', bytes(body.file_length)) : null);
}

function attachment(context, body) {
  const id = fileOf(body.url);
  if (!id) return el('span', {}, badge(t(body.type)), ' ', own(body.filename ?? ''), ' ', el('span', { class: 'address' }, own(body.url ?? '')));
  return body.type === 'img' ? picture(context, id, body) : download(context, id, body);
}

function content(context, body) {
  switch (body.type) {
    case 'txt': return el('p', { class: 'text', dir: 'auto' }, String(body.msg ?? ''));
    case 'img': case 'audio': case 'video': case 'file': return attachment(context, body);
    case 'loc': return el('span', {}, badge(t('place')), ' ', own(body.addr ?? ''), ' ', el('span', { class: 'faint' }, own(`${body.lat}, ${body.lng}`)));
    case 'cmd': return el('span', {}, badge(t('command')), ' ', code(body.action));
    case 'custom': return el('span', {}, badge(t('custom')), ' ', code(body.customEvent), ' ', el('span', { class: 'faint' }, own(JSON.stringify(body.customExts ?? {}))));
    default: return el('pre', { tabindex: 0 }, own(JSON.stringify(body, null, 2)));
  }
}

/** One message; `withPlace` says where it stands, for lists of hits. */
export function article(context, message, { withPlace = false, changed, marked = false } = {}) {
  const { payload, recalled } = message;
  const around = el('div', { class: 'around' });
  const extension = Object.keys(payload.ext ?? {}).length ? el('details', {}, el('summary', {}, t('Extension')), el('pre', { tabindex: 0 }, own(JSON.stringify(payload.ext, null, 2)))) : null;
  return el('article', { class: marked ? 'message marked' : 'message', 'aria-label': t('Message of {name}', { name: message.from }), 'aria-current': marked ? 'true' : null },
    el('header', {}, el('strong', {}, message.from === 'admin' ? own('admin') : place(context, 'chat', message.from)),
      withPlace ? ['→ ', place(context, message.chat_type, message.to)] : null, time(message.timestamp),
      el('span', { class: 'faint' }, code(message.msg_id)), recalled ? badge(t('recalled'), 'bad') : null, message.edits ? badge(t('edited')) : null),
    recalled && payload.bodies.length === 0 ? el('p', { class: 'faint' }, t('The text isn’t there any more.')) : payload.bodies.map((body) => content(context, body)),
    extension, el('footer', {},
      withPlace ? button(t('Context'), () => showContext(context, message, around)) : null,
      !recalled && may('messages:write') ? button(t('Recall'), () => recall(context, message, changed)) : null,
      button(t('Who got it'), (event) => showDelivery(context, message, around, event.currentTarget))), around);
}

async function showContext(context, message, around) {
  put(around, el('p', { class: 'loading' }, t('Loading …')));
  const shared = { conversation: conversationOf(message), limit: neighbours };
  try {
    const [before, after] = await Promise.all([
      get(`${context.api}/messages`, { ...shared, before: message.timestamp + 1, order: 'desc' }, context.signal),
      get(`${context.api}/messages`, { ...shared, after: message.timestamp, order: 'asc' }, context.signal),
    ]);
    const known = new Map([...before.data.reverse(), ...after.data].map((one) => [one.msg_id, one]));
    put(around, el('section', { class: 'context', 'aria-label': t('Messages before and after') },
      [...known.values()].map((one) => article(context, one, { marked: one.msg_id === message.msg_id, changed: () => showContext(context, message, around) })),
      link(`${context.base}/messages?${new URLSearchParams({ conversation: conversationOf(message) })}`, t('The whole conversation'))));
  } catch (error) {
    if (!context.signal.aborted) put(around, problem(error, () => showContext(context, message, around)));
  }
}

/** Who has received and read it; a server that doesn't say takes the button away. */
async function showDelivery(context, message, around, press) {
  put(around, el('p', { class: 'loading' }, t('Loading …')));
  try {
    const { data } = await get(context.api + at`/messages/${message.msg_id}/delivery`, { limit: 100 }, context.signal);
    const mark = (value, moment) => (moment ? time(moment) : value ? t('yes') : '–');
    put(around, facts([[t('Receivers'), number(data.receiver_count)], [t('Received'), number(data.delivered_count)], [t('Read'), number(data.read_count)]]), table({
      name: t('Who got it'), rows: data.receivers, empty: t('Nobody yet.'),
      columns: [
        { label: t('User name'), cell: (one) => place(context, 'chat', one.username) }, { label: t('Received'), cell: (one) => mark(one.delivered, one.delivered_at) },
        { label: t('Read'), cell: (one) => mark(one.read, one.read_at) }, { label: t('Refused'), cell: (one) => (one.refused ? badge(t('yes'), 'bad') : '–') },
      ],
    }));
  } catch (error) {
    if (context.signal.aborted) return;
    if (error.status === 404) {
      press.disabled = true;
      return put(around, nothing(t('This server doesn’t record who got a message.')));
    }
    put(around, problem(error, () => showDelivery(context, message, around, press)));
  }
}

function recall(context, message, changed) {
  ask({
    title: t('Recall a message of {name}', { name: message.from }), action: t('Recall'), kind: 'danger', reason: true,
    text: t('Its text disappears from every device and from the history. This can’t be undone.'),
    request: ({ reason }) => ({
      method: 'POST', path: `${context.api}/messages/msg_recall`,
      json: { msg_id: message.msg_id, to: message.to, chat_type: message.chat_type, from: message.from, force: true, ...(reason ? { reason } : {}) },
    }),
    done: (reply) => {
      const refused = reply.msgs?.[0]?.recalled ?? (reply.data?.recalled === 'yes' ? null : reply.data?.recalled);
      if (refused) throw new Error(refused);
      changed?.();
      return t('The message is recalled.');
    },
  });
}

/** One conversation, the newest at its end; the next page is the one before. */
export function talk(context, conversation, parameter = 'cursor') {
  const node = section(context, {
    heading: [t('Conversation'), ' ', own(conversation)],
    load: () => get(`${context.api}/messages`, { conversation, limit: 30, cursor: context.query[parameter] }, context.signal),
    render: ({ data, cursor }) => [
      pager(context, { next: cursor, parameter }),
      data.length ? el('div', { class: 'talk' }, data.reverse().map((one) => article(context, one, { changed: () => node.reload({ quiet: true }) }))) : nothing(t('No messages.')),
    ],
  });
  return node;
}

/** What a channel of the API is about: the other user, or a group. */
function channel(context, id, user) {
  const bare = id.replace(/^[^#]*#[^_]*_/, '');
  const isGroup = /@conference\./.test(bare);
  const name = bare.replace(/@[^@]*$/, '');
  return { name, conversation: isGroup ? name : `${user}:${name}` };
}

/** A user's conversations, and the chosen one beside them. */
export function conversations(context, user) {
  const chosen = context.query.conversation;
  const list = section(context, {
    heading: t('Conversations'),
    load: () => get(context.api + at`/users/${user}/user_channels`, { limit: 20, cursor: context.query.channels }, context.signal),
    render: ({ data, cursor }) => [
      table({
        name: t('Conversations'), rows: data.channel_infos, empty: t('No conversation yet.'),
        columns: [
          {
            label: t('With'), cell: (one) => {
              const { name, conversation } = channel(context, one.channel_id, user);
              return el('a', { href: context.address({ conversation, cursor: null }), 'aria-current': conversation === chosen ? 'true' : null }, own(name));
            },
          },
          { label: t('Unread'), kind: 'number', cell: (one) => number(one.unread_num) },
          { label: t('Last message'), cell: (one) => (one.meta ? time(one.meta.timestamp) : '') },
          { label: t('Text'), kind: 'wide clip', cell: (one) => (one.meta ? el('span', { dir: 'auto' }, snippet(one.meta)) : '') },
        ],
      }),
      pager(context, { next: cursor, parameter: 'channels' }),
    ],
  });
  return [list, chosen ? talk(context, chosen) : null];
}

/** The first words of a message. */
export function snippet(message) {
  if (message.recalled) return t('recalled');
  const [body] = message.payload.bodies;
  const text = body?.msg ?? body?.filename ?? body?.addr ?? body?.customEvent ?? body?.action ?? '';
  return text.length > 120 ? `${[...text].slice(0, 120).join('')}…` : text;
}

"""##
        ),
        Asset(
            name: "user.js",
            digest: "e7a2e0bacd7eee493066325d024d1d99",
            gzip: "H4sIAAAAAAACA8VabY_bNhL-vr-CBYJK6rnaTdMWPW9zizRNiwKXFyQN7sNikaUt2lZWFl1RWscwDNzfuL93v-TmhaQoWbY3PRwuH7IWNSSH8_LMcEbn5-J1qURjVDUWq0rP8kKNRKbu86kyI1GpQta5LuHnvNLNCv7WsrgbCVlmYr2QtZDCNKuVrmqYZO5EppURcqKbWuR1enaWL-ndVsgallC12IlZpZciSs_lKk8_mugyoIEFgvfmrvdeFSOh12VAk-llj6ZslhNVjYRZyRKYDWjzxz-Uexs-bypYdCKzORx70tS1hllTnSn8vymB6Zmc1nDsIi_h2KWuF3k5H4mVnNMuaoriQalMUHB1vlTBlitZ1aa351JuAgqjjIEFejRTXd6ryrDoA2qUff8IWVbBGsAR_FHlNNwetWq3P1OfaII0m3IqZk1JfAuz0OsYdqvVpzoR2zOBW5talBLO8VTYN2meXfpXK1kvglegRfEX0O4t73b-aItzd7fBBLYqmGOl5TYc0YZCLJTMQKhjUcfRGyaOkhG9KrTMxiJOxNO_oSJUbdrJyMiIOE3QUMsMTTiegdYyoufFhZjpSsSOFRCV0DMw02mzVGWd_tGoavNOFcCZrp4VRRxdZ7KWX4PS83t1EyUJT0oXeZapEg4R8zNSGQXnJ0Lx9OlTEdVVA5yLL-A3sZGiSJhC1opkiP8qVTdVaVm2B7Z8M8kOD79LWhEumxrc6kECfEmkeSnqhQIP1SB4uVoV-ZSMaUiu4JXxvjZpS69NkHNTFCOvdZPPS1mEct8KlAhwjUvyKLHS8oorjYhqxAdK-scEtAG-UMaBAq35pPwS9vmjyVUNZwVh29mC1ztOYjHtGNGuZcVSP0zm79iJDaGinQmS3pPy7aMtGu3uHCxINxVQ_TnB_sxbxPiiK0RaA8RVeI1aPmPAzdj6CiBQHJG3jtdVXqPJXglJp9xTFzsZyywRY-LW2pACZ8ny-2iEgFVIY8YimuqiWZYmAhNuo0lAuLOq9yEmsYsRT0uQI-CqGVfANHHVAcIub46bhzGDUxHIu_CR9JmbFHp6t0_0UeelyvrQE3FIjA4TVFov4b07JLwuVV_OdgsORTEbCyidYHYHUy_PdmdnbJR6hXNlwSikl7lRRG5_p-Dj00Ucq6rSlfegfCZ4JGVQR6B6NoFY8AIHQcr1otJrQSRoRRadULSwNWx_1osZR3A4iCDXaGAQIGtAPlC6qiV7_lrmNdjjDZxB4m_xxjIvwWivSUzoKnbRYd9wcog7ToVbNQc9yqqgM3UA9SyfFMxOod9BTvRsBumC-rA08w-URRxl6iYJxL61qRhFDghQICxlri9uYKsS1wSbV2vxUq7i15OPYEtIUwFJTIK-orAkrq7AmJN0CVTx9Z3ajMS9LBp1QzaBA2mt_67XqnoOISxO7Gs2Dd4musHTOWmM_a9wA69LxE2wUW8g3cDGJ3L8D5gCQtu2lQDlW9YSrgFc38Nssi70M0QxEg3-RyYHkkGqV_n0zhERQWkHAET8JDfmoONm5Hd5Y7MnnO8yqdix3N_Rz3o2JfX6TX2oh10pp4yBiDMEzCTG7WCmPC3OjiYIeMHKb9U8N7Wq-DWmlXyEKUAjzHHHfr6Q5bxPs9RZPsstUfT-_W8_R5zTWtE1eRZu9dKiLgAB5POoFFzOKeeK82BnbmQpJrZvyRoSMM8hiTZm0WpD18hS9WFPJeGL3irn5-IZZ7eKkrZVPgULgd9g6xBoFyAdgE2BDgVwb1NzkRsxU4CDoATKg1Vh1BppU1o0TdOe5ziDPOgwyCwMWvOjN8mNd12Pznd5mRmfvFxfR1OQJ0ie1VSbiPVBQaN99auNIfQOhzFm8Ku3HD1ubi73nOtkahUgMQ5gUkX8xQmmB2BYfFA-IU7kp0sbMGhOWqhyjsk-4MJF4gMDyxmN-JW2q6dREoIYOy87Mr8PJIscW8Ey83538aO4CB0HE3cF4Z8cZC0ryF5DF9qixe9EoWY1hX18HNO9L24PBODiJ990ko1-AsSXP1z4fYlM466sSriIxu4yAYBcKEr6mEpwiCAGyLZxP86lAqqIEjppaBDyzZG_CcD9w9SU5fF7m-fBM5jlQkP6GL15_e73iMPsWECMCaLWjtN0CC8faW3GWuRjbG0CLWosLuz13T85Q6MHcInY7g647hkBWUMUgb-7xPGbaYxALJWjKTdP2CVhknYzFCU6qWwYBuhCbcXOBzqSaEMCAwjA9q-Wq3pD1K-0pUFMsLkX2arLxig9HIvrrSjkRBU0iRnCRaeqgCEIApxkoe_DbzgxeNcO9d1O-i0bmECIizOYiQ-Eu2J34xL2UBgPyr5blzZyg0DDt3Y0l-C-ZDVibz1OmkDpbzgdL23N_mXH6FG9fXYsI1Z-7cwXoA1byDCn3AZp8Wrq6BHYT_hQf3kEMvCLDENfFTnbREZZGTVECEjjIUkVEkLEtNAGABBNJoehWt8p2BasDzI-yEqm6hLGxQIjiRaYmOHtWc5lXnpTCT11zz9_fdFxT04Bs9xYi7ul47DngN5ix6E7_0LeK-SGUdQ7Tl_G7xSWXoxZ6yo7JWOklZQouhlUBDkh5v4OJ8T8eqXK9hQ9cXoxgwLKf__zX7WYa4062IilhlDcChaCf5H1nfBVwDqywgAQwYn8KASSzQoHgxFUUg4pkwVZwPlPHMLG4vtv4axNrad6uSpUbVf72k-2ftkH5WDHIWR-P6B5Rx-AcmeVfXP4HdzBv0eo4qTuqDn87PPHU8bQUp4ygO6aPfUPxq_TxmDdTkwlm4HzL0gp8wJfwHl9JpwK9Ay6YUCKtzGD_vcZkdK6oj_W7V6scxryMc9HvSElSU73kecgfw_1hKKNggJiNLZVQR8TWxU-e6ACnz1QfeF6ARhSwflPwNqwML0oT0qIBXBKODMJ6Tlsw-XVXv7Qyuqtcpe7Y5Li2xCFF3_9Ox1e3sl7dQqPgtulwyI31IGZxxcXh5DEMXQMRgLI8OT7gkaGj6PDCyr2R1RWwtqN1S4XXLh1EEfp-Uc9ofZAkqTcHng965c5O6HbthCKgq-KOd7EAM2zQ0Lu2Q7vcetEeGvLK2mZ4alvD5-mkibQvcLHoUyJDKwLW9aUeqnnkdyGjt1aV3v4lw9I9l0GdRo6Q__00IiwiXFaivWCCqcQLunm6sr5QSE_FV3IRbwUGocQcOdaUIY9Vfk9XtOdeXvjtroFNHS3wsEbWtw6gRfVWDARR1-4Z0_vJvoTVhjwpwu-rR5FJ1P-Bc630GtR6HIeeJNRoI7MtFHdUEsmshdxGHjy_cVF5ApumOw3la0KJ9wvAS2PzvpeZ9d1KiD8nwP0tNHD8vhZty0759Cdqy0xYAHihS0zHL5-E0P82KqhLdaNxCvqacb2MHSPPXVp85h71r-3bT04hfeE9qYAF2uycnRve7kP7L3XoAKvOv_qK_EOLt2UyUuagvZqmU3FV-eu92g7K05xYamElUt3d_jJxZAnweATP_rD99-2w_TA499ffPtDuAg-8ZtvvvvrNxftK_vI775-zKWWttTQrbYcxpqDQEFodfJK4yDtKFSQM2TWrLq4EQTbEeXbQafehLdkxA3uU1jQrvEmyzejSi31vWLQwdOn4ic5vUPSpcyUmCh4ocDd1Yp7_bDWhu4rqcD9CV9WBGBAi6zzUqATSOKC9K2NqdbWgpszsO7aPgEe-KHDgCBLXW6wc-CvJh4bwKCQaVYtISNe7pB5OLUttQXTPdU6BxCgLxeMrTgTaabwxsB0KDZ-xnqtRZzdAPK4E4w-N10lkwsuD-1CD63TWG-v1KrY2ErEkcYgZVesSHBgNBfkoEFBUdWKXu1HS1ibq7_8aUQcQOUEDrDjzwFuSWhoVXi5xsVp2LXEAggJDOpScNSjDrau7gCJyqgGKypzg2XdjSKbR4Aim-OkFoEmKC4Nsj3LK2O_cwAV8k3jKY-2rd9SZw_5WKFtqAYd9TDdcsaO9VTcKbVyTdy-Nh8b7kRZYmzBh5MPNqNc889ZmW0aQ2rnOjb4twf27dDOWfDBzyjwGF_wZw1OEwkIqf49XypwGrvzF122UomdRtDZl1-SXA_WCzFzvujHorAV5NoKL5xx2pYGc-RE61PvoUL_FseIfuR_pQShBlhoA3On-o_wA34RdMj4C6MIj8SjP4rH6vE3B9sHtW0e8LxO_6A91i9WpHR54y27su7ufcXtnr46xv1JV-h-G4RWQXBb6hrdJwoFdc2VfLW3NRDbIxsQIORrtnHTvu01bFwvs_MFi28bZKqbhR9oyYdF4Ad8e_HcrnLoyxaLqykilpyqOLLfKQHw8s_zKNmdO15uqa6bL3Mwze-wTt5URoM_OKumz4VSRw06VSp7S7y-VUtZ3TmD3m9ad91ra4vVvL6NDc7Qw9J3p_wdnDUoeQfsdGrfbji47h8qend6rL0yNqG7_cqsVQTWtX1HdOSL435or0TO8glSnnWeYUw9WGVHcoStKEqCK3Xbi6Av8ALLAF1gbsQSRVuqgI8apR05SbRVmMEi_ODHH59pjj_hGuB4kw2ELwhQKJCjnwLxpj5aDn_xMGQ8LqEgE7Cduiv6nKUpOp_B5NzRR4UQLcGUkzfSF7n9-uWgqlsNJ_hPjLtdwInONmkvpnupDn8ag0YQdjRyQ41Q26Zk1LGf11w-XAFulauws8rIZ5upRzTxaNtOj5jrD9gns2zAMuEof9qz-z-rzOXTgxnYoy3KEv-iR9Ex8gxdCh_zDHl37kYvuTfPr9mJB3RdqoOaPvx50-djulvI5aQgmFo84XsFahEyd0Pk0YJw5Bj2E7y7BR-M8J6D_x2Yuy0OtzB_o8YU14cmSpUDbcwuqvuhbtkFi0VqqElJaQQqVRPFHmw_p-bZwESaZFtrV-0yPNLp0-PK1MLHFlCU-OLEPpf_WGxOBggbHewtqA4eExfj6TPeDxjgBXk_RZDusex3Jce6thYHfQg6xPQbuHfDrXd5pGW8siQDa_3Xgc3b0FBs-w_OML4k3i8AAA",
            text: ##"""
// One user: profile, devices, relations, groups, talk, and what a support desk does about it.

import { at, get } from './api.js';
import { ask } from './ask.js';
import { el, own } from './dom.js';
import { number, span, t } from './i18n.js';
import { asCurl, badge, button, code, count, facts, link, nothing, pager, section, table, time } from './parts.js';
import { may } from './session.js';
import { conversations } from './talk.js';
import { address, presence } from './users.js';

export async function show(context) {
  const name = context.id;
  const path = context.api + at`/users/${name}`;
  const profile = section(context, {
    heading: t('Profile'),
    load: () => facets(context, path, name), render: (found) => {
      for (const press of document.querySelectorAll('[data-active]')) press.hidden = (press.dataset.active === 'true') !== found.user.activated;
      return renderProfile(found);
    },
  });
  const mutes = section(context, {
    heading: t('Mutes in the whole application'),
    load: () => get(context.api + at`/mutes/${name}`, null, context.signal), render: ({ data }) => renderMutes(context, name, data, mutes),
  });
  const reload = () => {
    profile.reload({ quiet: true });
    mutes.reload({ quiet: true });
    devices.reload({ quiet: true });
  };
  const devices = section(context, {
    heading: t('Sessions and devices'), load: () => get(`${path}/resources`, null, context.signal), render: ({ data }) => renderDevices(data),
  });
  context.fill(context.heading(own(name), may('users:write') ? actions(context, name, path, reload) : null),
    el('div', { class: 'columns' }, profile, el('div', {}, mutes, devices)),
    may('messages:read') ? conversations(context, name) : null,
    el('div', { class: 'columns' }, contacts(context, path), el('div', {}, blocks(context, path), joined(context, path, 'groups'), joined(context, path, 'rooms'))),
    connections(context, path), asCurl(() => ({ path })));
}

const optional = (promise) => promise.catch((error) => {
  if (error.name === 'AbortError') throw error;
  return null;
});

async function facets(context, path, name) {
  const [user, state, metadata, waiting] = await Promise.all([
    get(path, null, context.signal), optional(get(`${path}/status`, null, context.signal)),
    optional(get(context.api + at`/metadata/user/${name}`, null, context.signal)), optional(get(`${path}/offline_msg_count`, null, context.signal)),
  ]);
  return { user: user.entities[0], online: new Map(Object.entries(state?.data ?? {}).map(([key, value]) => [key.toLowerCase(), value === 'online'])), metadata: metadata?.data ?? {}, waiting };
}

function renderProfile({ user, online, metadata, waiting }) {
  return facts([
    [t('User name'), own(user.username)], [t('Nickname'), user.nickname ? own(user.nickname) : null],
    [t('Presence'), presence(online, user.username)],
    [t('Account'), user.activated ? badge(t('active')) : badge(t('deactivated'), 'bad')],
    [t('Registered'), time(user.created)], [t('Changed'), time(user.modified)], ['UUID', code(user.uuid)],
    [t('Messages that wait'), waiting ? count(Object.values(waiting.data)[0]) : null],
    [t('Push'), user.notifier_name ? own(user.notifier_name) : null],
    // Addresses of pictures stand here as texts: nothing is fetched from elsewhere.
    ...Object.entries(metadata).map(([key, value]) => [own(key), own(value)]),
  ]);
}

const kinds = () => [['chat', t('Chats')], ['groupchat', t('Groups')], ['chatroom', t('Rooms')]];

function renderMutes(context, name, data, mutes) {
  const muted = kinds().filter(([key]) => data[key]);
  if (muted.length === 0) return nothing(t('Not muted.'));
  return [
    facts(muted.map(([key, text]) => [text, data[key] < 0 ? badge(t('for ever'), 'warn') : badge(t('{time} left', { time: span(data[key]) }), 'warn')])),
    may('users:write') ? button(t('Unmute'), () => ask({
      title: t('Unmute {name}', { name }), action: t('Unmute'), reason: true,
      request: ({ reason }) => ({ method: 'POST', path: `${context.api}/mutes`, json: { username: name, chat: 0, groupchat: 0, chatroom: 0, ...(reason ? { reason } : {}) } }),
      done: () => mutes.reload({ quiet: true }),
    })) : null,
  ];
}

function renderDevices(data) {
  return table({
    name: t('Sessions and devices'), rows: data, empty: t('No device is connected.'),
    columns: [{ label: t('Device'), cell: (one) => own(one.res) }, { label: t('Id'), cell: (one) => code(one.device_uuid) }],
  });
}

function actions(context, name, path, reload) {
  const say = (text) => () => {
    reload();
    return text;
  };
  return [
    button(t('Mute'), () => mute(context, name, reload)),
    button(t('End sessions'), () => ask({
      title: t('End the sessions of {name}', { name }), action: t('End sessions'), kind: 'danger',
      text: t('Its sockets are closed and its tokens end at once; it has to sign in again.'),
      request: () => ({ method: 'GET', path: `${path}/disconnect` }), done: say(t('Its sessions have ended.')),
    })),
    button(t('Set password'), () => ask({
      title: t('Set a new password for {name}', { name }), action: t('Set password'), kind: 'danger',
      text: t('Open sessions end at once; its tokens aren’t good any more.'),
      fields: [{ label: t('New password'), name: 'newpassword', type: 'password', required: true, maxlength: 64, autocomplete: 'new-password' }],
      request: ({ newpassword }) => ({ method: 'PUT', path: `${path}/password`, json: { newpassword } }), done: say(t('The password is changed.')),
    })),
    button(t('Deactivate'), () => ask({
      title: t('Deactivate {name}', { name }), action: t('Deactivate'), kind: 'danger', reason: true,
      text: t('Open sessions end at once and it can’t sign in until it is activated. Its data stays.'),
      request: ({ reason }) => ({ method: 'POST', path: `${path}/deactivate`, ...(reason ? { json: { reason } } : {}) }), done: say(t('The account is deactivated.')),
    }), { 'data-active': 'true' }),
    button(t('Activate'), () => ask({
      title: t('Activate {name}', { name }), action: t('Activate'), text: t('It may sign in again.'),
      request: () => ({ method: 'POST', path: `${path}/activate` }), done: say(t('The account is active.')),
    }), { 'data-active': 'false', hidden: true }),
    button(t('Rename'), () => ask({
      title: t('Change the nickname of {name}', { name }), action: t('Save'),
      fields: [{ label: t('Nickname'), name: 'nickname', maxlength: 100 }],
      request: ({ nickname }) => ({ method: 'PUT', path, json: { nickname } }), done: say(t('Saved.')),
    })),
    button(t('Export'), async () => (await import('./jobs.js')).exportOf(context, {
      title: t('Export all that is stored of {name}', { name }), path: `${path}/export`, name: `${name}.ndjson`,
    })),
    button(t('Erase'), () => erase(context, name, path), { kind: 'danger' }),
  ];
}

function mute(context, name, reload) {
  ask({
    title: t('Mute {name}', { name }), action: t('Mute'), kind: 'danger', reason: true,
    text: t('It can’t send for a while, anywhere in the application. Open sessions stay open and go on receiving.'),
    fields: [
      ...kinds().map(([key, text]) => ({ label: text, name: key, type: 'checkbox', checked: true })),
      { label: t('For how long'), name: 'seconds', type: 'select', value: '3600', options: durations() },
    ],
    request: ({ seconds, reason, ...given }) => ({
      method: 'POST', path: `${context.api}/mutes`,
      json: { username: name, ...Object.fromEntries(kinds().filter(([key]) => given[key]).map(([key]) => [key, Number(seconds)])), ...(reason ? { reason } : {}) },
    }),
    done: () => {
      reload();
      return t('{name} is muted.', { name });
    },
  });
}

/** Spans of a mute in seconds. */
export const durations = () => [['600', span(600)], ['3600', span(3600)], ['86400', span(86400)], ['604800', span(604800)], ['2592000', span(2592000)], ['-1', t('for ever')]];

function erase(context, name, path) {
  ask({
    title: t('Erase {name}', { name }), action: t('Erase'), kind: 'danger', reason: true, typed: name,
    text: t('The account, its relations, sessions and the groups that it owns are removed for ever. Backups made before keep what they have. The receipt can be read for 400 days.'),
    fields: [{
      label: t('Its messages'), name: 'messages', type: 'select', value: 'anonymise',
      options: [['keep', t('stay as they are')], ['anonymise', t('stay without its name')], ['delete', t('are deleted')]],
    }],
    request: ({ messages, reason }) => ({ method: 'POST', path: `${path}/erase`, json: { messages, ...(reason ? { reason } : {}) } }),
    done: (reply) => context.fill(context.heading(t('Receipt of the erasure')), receipt(context, name, reply.data), link(`${context.base}/users`, t('Back to the users'))),
  });
}

/** The receipt; where the work isn't finished yet, it is read again. */
function receipt(context, name, first) {
  let data = first;
  const node = section(context, {
    heading: own(name),
    load: async () => {
      if (data.erasure) data = (await get(context.api + at`/erasures/${data.erasure}`, null, context.signal).catch(() => ({ data }))).data ?? data;
      return data;
    },
    render: (found) => {
      if (!found.finished) setTimeout(() => !context.signal.aborted && node.reload({ quiet: true }), 1000);
      return facts([
        [t('Erasure'), code(found.erasure)],
        ...Object.entries({ ...found, ...found.counts }).filter(([, value]) => typeof value === 'number' && value < 1e12).map(([key, value]) => [t(key), number(value)]),
        [t('Finished'), typeof found.finished === 'number' ? time(found.finished) : found.finished ? t('yes') : t('not yet')],
        [t('Note'), typeof found.note === 'string' ? own(found.note) : null],
      ]);
    },
  });
  return node;
}

function contacts(context, path) {
  return section(context, {
    heading: t('Contacts'),
    load: () => get(`${path.replace('/users/', '/user/')}/contacts`, { limit: 50, cursor: context.query.contacts, needReturnRemark: true }, context.signal),
    render: ({ data, cursor }) => [
      table({
        name: t('Contacts'), rows: data.contacts, empty: t('No contacts.'),
        columns: [{ label: t('User name'), cell: (one) => link(address(context, one.username), own(one.username)) }, { label: t('Remark'), kind: 'wide', cell: (one) => own(one.remark ?? '') }],
      }),
      pager(context, { next: cursor, parameter: 'contacts' }),
    ],
  });
}

function blocks(context, path) {
  return section(context, {
    heading: t('Blocked by this user'), load: () => get(`${path}/blocks/users`, null, context.signal),
    render: ({ data }) => (data.length ? el('ul', { class: 'inline' }, data.map((one) => el('li', {}, link(address(context, one), own(one))))) : nothing(t('Nobody.'))),
  });
}

function joined(context, path, kind) {
  const isGroup = kind === 'groups';
  return section(context, {
    heading: isGroup ? t('Groups') : t('Rooms'), load: () => get(`${path}/${isGroup ? 'joined_chatgroups' : 'joined_chatrooms'}`, null, context.signal),
    render: ({ data }) => (data.length ? el('ul', { class: 'inline' }, data.map((one) => el('li', {},
      link(`${context.base}/${kind}/${one.groupid ?? one.id}`, own(one.groupname ?? one.name))))) : nothing(t('None.'))),
  });
}

function connections(context, path) {
  return section(context, {
    heading: t('Connections of the last 30 days'), missing: 'hide',
    load: () => get(`${path}/connections`, { limit: 50, cursor: context.query.connections }, context.signal),
    render: ({ data, cursor }) => [
      table({
        name: t('Connections'), rows: data, empty: t('It hasn’t been connected.'),
        columns: [
          { label: t('Opened'), cell: (one) => time(one.opened) }, { label: t('Closed'), cell: (one) => (one.closed ? time(one.closed) : badge(t('open'), 'good')) },
          { label: t('Why'), kind: 'wide', cell: (one) => (one.reason ? t(one.reason).replaceAll('_', ' ') : '') }, { label: t('Address'), cell: (one) => code(one.address ?? '') },
          { label: t('Platform'), cell: (one) => own(one.platform ?? '') },
        ],
      }),
      pager(context, { next: cursor, parameter: 'connections' }),
    ],
  });
}

"""##
        ),
        Asset(
            name: "users.js",
            digest: "64e787634c53d36db400b1288000032e",
            gzip: "H4sIAAAAAAACA6VYa28bxRr-nl_xqqrY3bCsgwQIOScniqqDhFRoBUV8aAMZ747tadYzzs4sbjD-77yXWe_YcRDS-dDUnsvz3p73Mp5M4N1SQ-9158HNQVlQ63VrahWMs1PwWnX1soROL4wPHa-WYFZr1wU83ID-RB-rs7O4toVatW0JCx1gB_POrSCrJmptqo8-uxxPKX-f7vv7o323scl-41ZH-ym6-fJbe7QtH74zrU7OfXQz_0SNV32H6s5Us9D4Xx8CGdgae1_CWi10V0YffOe6FX2uxQVBzVq8EMwqlbBWXTgWYfxNszJW3OcQb6Uekytee4-IcumsdtYH6NzGwxV8fYErk_NzuIGgPwWY6bDR2kLAiD30LmgOGX0TFaFVdtGj0hWcTyIUn2sQLCeIAq7-C3fZyy19qTq9blWtb9o2zz58yErAv_h_kW68yF6U8AJXXxS77C7q8-tSBdgoD-FxjeD4QaEg7YUz_Ll7RMPRS_eoL-6bgF9L2LiuwcOdhta5e7w6dx0YC1at0BjikzX1PX9jG4RdMO8tu12AoyXbMwCxUVCv2ElV6MwqLy5x08whj1tXV5Bl8NdfMPnN6xZj-MFPTIUODHKiKJDhoe-sYF0eQCOyeDG_e7nl_cFB-eTD-ecvJ-i4rNid37HUiHMncuAcNkvdSYaRXQgmIDtA0wdrSVpQxvphEz29OxvMV_7R1qMT_NJtcrpw5AZMIo503KrYWdVDC9fXqGBiU2eIOldExDzj1J_yWlaMh1qnmDXMGEqEQWIpctKjSG08GlNjPLdlEKodttHdFPK5623DgLI0HuWdARnrSzOFjGAz2CWCgnMt6f0eV2Aw4zombR7y7FWnVRBfZwgjyte8OMoi3IK0uzeW5MxNJ4JgCrbH2vUc-vec0SPwWGOOwA-REi-jJk1WwGefHRcFBEwl_e_ToSThAaXjEPZUxG30EAd9bsZT1RLlGbsgyF9IAUJkJxai2ljZDqKmZrqdAl76WcpKP9wlqqLHHlqsFUtjAx-64eWUzRjA4LFaLYy1KL6kvaEo-B4BlafOcpAfCsnzh5JSNVetJ0CkCMweYwAbaLSv0Xu7qDy5uowFPBc_5VukalhOARN18AG2nt2ELbgrRYcp2viABkoxGTjXmpVBg6j0llD3nXdI2cNUklWs3buiKDhBjzLzVJ4kCUpV4xHtUxuF9RA7ZP6cnv-nguV-3ZuFVW1amLYSzqloU2kbTDAaIS2eH1YFCANnsRNiyEVj-fZmPpp4iFGt1DrPCZ6jQR-qoe4hY3fsMukfLnauFXUJwb2E3t5b6vvCCG4ZNqMxw29woUk7wpHjn2rGPUScT31AWkqr7SIsuR1c7Cu-1Rv4ARVnJwWk6JbpJSHjhk4lh5MMuF_lLc42PuAOblxcxo__gVTGsPr5FXx5cVFETBC8at37ZU5zUp69ffPzO8ymk0SYzFSolxNECr2w4qOnBrvddxMMo0j1OLLpnGWWg2iRjGQQEkyPSEEsFqN2_PfIHbnE_C2OKcbripRl5Yuimrcq8BEOfyzoRIRGBTXuOqt5783sI2Y6saRDkvByUUR_CGXeS9UgQ_Ut3-GVKrjXDkP_SnmdF3FfmrkEPLsVE3Y4dKKnINdd57rB2xT3Q5MrNUPyUFKGJeYR8PHLU9YLbNKDIx067bWtqYvnooIwjXUeEz0qGmlZUaY_tSdNytEy7IN6jpcaoKaNVZ4n01wOXFO9jaZTB6Bv87l8HdyD1xbONXQ1o4aOWXdog2oatIJIfZgtMhuOPJyhlgMRX27RatfoX376_pXDtmcxmGxSQZPK2T4Pj_t6LDZSXIZyQpRMamN0gTR1HqvzIVuk36Tdi6rfdADVq3XAai5zD_vmR8d7VFR4pKD2EZbGV4O73kmzwX_WxVfPow64XUaRtWv7lUUZ7-MCHHREUoTVImVq3eLqWPDo1ZBH944-OCyDJb1s8ielsTwp7cfYUElYnFY2ptHZU9F70P1EyUPfs8hvI5FPmTGQfM_wQ22fg7ypa3R5OIUoqo0t_jqyGm_xIqpR7KmOi43enyW4bEZj07OCf-K3KXWIU7LphSby4xyR4NzKh2Gi4PdeSl5hLZsVSTe0ELlyyx1tz_6TkyZzHCkaSY2dshVOx2FV7cdVVcv76ckgK53H6LZJePksK-OQNsQroy790Bt0D57tek0P0E9ixhS--Qrl9sHV2HWCas2fdBVrSjrgvdYhcL41ZkGDHT3TfocvoIJLvA_4FFw5Tzk0OvaAasp7etMkuq2HpZJfkIcr_0ZbrEHYhOkiFuwv9pdPK5BmUVRgyJLsAB775YAQmUG64CNxSpPl4FD6XUDkleP7bTfMnysdlo4SNTb2f55Hj_t5il1VVT5mM7FxLwxzZYsSd3vmNo6mNOnHZYIX9RrqKRES3670LENV0c06iJfjMytphOi3LSHsqJZ2-wyrMs4L9mIiJM4RpMzu5GT89AWTtMtt3H4zR5OG8VheV3nysw1LGU6maTrmlDyc-CeR5GcsCvzpOAgaRSISI_6cZRuKTBaN-RvKj03mJRMAAA",
            text: ##"""
// The users of an application: search, registration, import and export.

import { call, get } from './api.js';
import { ask } from './ask.js';
import { own } from './dom.js';
import { t } from './i18n.js';
import { importFile } from './jobs.js';
import { asCurl, badge, button, link, pager, searchForm, section, table, time } from './parts.js';
import { isAdministrator, may } from './session.js';

const rows = 50;

/** A text between the quotes of the search language. */
const quoted = (text) => `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;

/** What was typed as a question: a query is taken as it is, words are looked for in names and nicknames. */
export function query(text) {
  const words = text.trim();
  if (words === '' || /^select\s/i.test(words)) return words;
  const word = quoted(`${words.replace(/\*+$/, '')}*`);
  return `select * where username = ${word} or nickname contains ${word}`;
}

export async function show(context) {
  const asked = context.query.ql ?? '';
  const writes = may('users:write');
  const load = () => page(context, asked);
  const list = section(context, { load, render: (found) => render(context, found, asked), id: 'list' });
  const tools = [
    writes ? button(t('Create user'), () => create(context, list), { kind: 'first' }) : null,
    writes ? button(t('Import'), () => importFile(context, list)) : null,
    may('users:read') && isAdministrator() ? button(t('Export'), () => exportAll(context)) : null,
  ];
  context.fill(context.heading(t('Users'), tools),
    searchForm(context, { label: t('Search users'), name: 'ql', hint: t('A name or nickname, its beginning, or a query such as: select * where activated = false order by created desc') }),
    list, asCurl(() => ({ path: `${context.api}/users`, query: { ql: query(asked), limit: rows, cursor: context.query.cursor } })));
}

async function page(context, asked) {
  const reply = await get(`${context.api}/users`, { ql: query(asked), limit: rows, cursor: context.query.cursor }, context.signal);
  return { users: reply.entities, next: reply.cursor, online: await onlineOf(context, reply.entities.map((user) => user.username)) };
}

/** Who of them is online; unknown where it isn't answered. */
export async function onlineOf(context, names) {
  if (names.length === 0) return new Map();
  try {
    const parts = [];
    for (let start = 0; start < names.length; start += 100) {
      parts.push(call('POST', `${context.api}/users/batch/status`, { json: { usernames: names.slice(start, start + 100) }, signal: context.signal }));
    }
    return new Map((await Promise.all(parts)).flatMap((reply) => reply.data.flatMap((one) => Object.entries(one)))
      .map(([name, state]) => [name.toLowerCase(), state === 'online']));
  } catch (error) {
    if (context.signal.aborted) throw error;
    return new Map();
  }
}

export const presence = (online, name) => {
  const state = online.get(name.toLowerCase());
  return state === undefined ? '' : badge(state ? t('online') : t('offline'), state ? 'good' : '');
};

export const address = (context, name) => `${context.base}/users/${encodeURIComponent(name)}`;

function render(context, { users, next, online }, asked) {
  return [
    table({
      name: t('Users'), rows: users, empty: asked ? t('No user is found by this.') : t('There are no users yet.'),
      columns: [
        { label: t('User name'), cell: (user) => link(address(context, user.username), own(user.username)) },
        { label: t('Nickname'), kind: 'wide', cell: (user) => own(user.nickname ?? '') },
        { label: t('Presence'), cell: (user) => presence(online, user.username) },
        { label: t('Account'), cell: (user) => (user.activated ? badge(t('active')) : badge(t('deactivated'), 'bad')) },
        { label: t('Registered'), cell: (user) => time(user.created) },
      ],
    }),
    pager(context, { next, count: users.length }),
  ];
}

function create(context, list) {
  ask({
    title: t('Create a user'), action: t('Create user'),
    fields: [
      { label: t('User name'), name: 'username', required: true, maxlength: 64, autocapitalize: 'off', hint: t('Letters, digits and _ - . ; 64 at most.') },
      { label: t('Password'), name: 'password', type: 'password', required: true, maxlength: 64, autocomplete: 'new-password' },
      { label: t('Nickname'), name: 'nickname', maxlength: 100 },
    ],
    request: ({ username, password, nickname }) => ({ method: 'POST', path: `${context.api}/users`, json: { username, password, ...(nickname ? { nickname } : {}) } }),
    done: (reply, { username }) => {
      list.reload({ quiet: true });
      return t('{name} is registered.', { name: username });
    },
  });
}

async function exportAll(context) {
  const { exportOf } = await import('./jobs.js');
  exportOf(context, { title: t('Export the application'), path: `${context.api}/exports`, name: 'export.ndjson' });
}

"""##
        ),
        Asset(
            name: "webhook.js",
            digest: "0cc3c254ca2723f288f6d6ab9b281cb2",
            gzip: "H4sIAAAAAAACA61abW_cxhH-rl-xAYKQdGhKeWlQnKsYTmwjLoIoqBz0g3LwrY57Olo88srd0_l6IeC_UaD92h_mX9J5W3JJnWQlaBHU4u7OC2d2Zp4Z3vGxOquMMlW-rovKTVThrLLGuaK6sqnaLrVTW21VbsrixjQmV66GM0pXOWzulK1Xxi3hMJ6qIpfSjpzGZX2liyo7OipW67pxaq80nJnrskzVlXGqVYumXqkoO9brIntroyfBSXsd7tvr0b4BHovG2OWr56mqt1Wq1puQY16vRhTVZnVpmlSFp4ov_lyNBVdVvanmBl7Gfr9pQMylzq_g8XLjXA1y5nUOTws9d2CjRWHKHGTrK2S9burL0qxSMOLcFXjYaViAf4qVCcSudePsSO5lne-EH_C1y3p7buaNAYNZp11IvTWXy7q-FgZH87qyTpXFCjxzqv50AkvmHTHVdlfN1QLeBpUhnjGcduadS9T-SCkmXWu3BErZycAX6nPw1KwTdPzp3m8WeTt70lHuVa6dnig8BQqeKr3VoAX4NkamKdgcfe2JbXFV6TIRelpaFGXpdcqWRudwbWJwZ4wss0qD2X77jfiD6AR8Qq9iPUmqWA4eSJIUGCt0AnA1wyNA6u-lsbe22NNxnKjTb1W8Z4u0SQKqtkdHnQEPcyZLgqM2TeX93p_Yk0ryYhPl4uhnZhKB2LLW-USx1I_YjF-tgVA1zQRVDA1PDOhCxhd0TqkLkHSO9wblXNANIpMmbKssLyzezPxNY7SFV3uqLiIVUSTFhw4kUzUhzabTlJg_y3OIPovsOxqwYTJNAw1e6qLEPGALCKjIy17w6htaBckYHPHtncRLZIEvbkzlbMfE0GO20us4pr_JCBcYnPKcKnij6Uihuln1esCDdsL-NUYorED8w392axpVVGoF17MAp9ZVTqI5h7CyqHa9cW9Wdijjmb2GTHlpgJlRWq3ASpAdVBHk0U4FOfVUzT7duzhYStonCpeivxduCVJ6taKknajudF29QaNtkGLWGSzQ5hUJI7P4KJI3_h4861iX3gNzXuzOLHV1NT6zqvMC8lTuX3tKt7MdBct9kRqGDN9YTq5xJxIlcmBA6o_38kKucKWhKOJTao8ZooV7C-kd_uKAGKcNUM0nDqI91zfEn3PtRP6V8BBJjfnHxlgoifGNLuEvnxmw4NUQtNHPv7yO_Du9tcgZE7ic9q-JgvO6Mj7IfVA3BkM_Fmmtz1xiBFIb9b2h6ICUoTcWNFak_TPckMC-00KHWTzYXENJD7eyKOFt_fAXuS6qfHw-ytHFTQSno0XRWBd5_mjDA9x_qhmMQKSB8zYQhBjPUI82lStK_AN2hICRiVflFW0VFWYEIKsXjH2Wer02leXCW9VbVSPJ7SvygMuxF8ET9Umod_sHrwjaEl61vwNrrJtUjm4d_JtZl3rXH23oeVTEblPVhDosYZCPRaMcdsuQIIi4W8zY397DqXiUlCWjgp8gLWLtA3dsIQUS78pshQcBTfTul1_DPdg0tj9Ul-DACjFXXWfqmeLsrRpUAfMSZHWHziVIBvXUeioQ-0Dvnp17904wceMf7TErNuscPnAt12up1HvE2K-5egjm6OFejAcBeKj2Ts8_N6VxH82QfOqPZchewthRjAbgULNBE-_WBhHMQbCWuaZYxckwaLGicVuBvYbEZ2GrD-__5YI-Q1c7tYIyiA4JXLEX-WLI0CnPX_z44vWLLuqAotlh2HmCID0dCrerOp71KPdSW9N28HfWBSFacWgRYTsdAcUuGgOYLajiFFqXOMqLG_JJU6O7IgRoGxtREVWBQ3t3YrjTTfXd2ijEfDoATjvr_VNSxmHBQZA98ybFTIc80Y_qw_t_o94f3v8Hk6EFCIU57wkdEN2BOQbM0rBnjv5QoKCQWeeOQwECnVzslT4MazeExpAkY9NBBeA_4mBxjCCbpm46OoNPQIbotV9IDmGo55uGcgfBoDiCawIVpVUrSy6kpwkzzeUkgEL19Kk6gRfyeFnAm0hHsADC8SqsG0N8oFWEq2XeTZAs7fXCo8lIr2kSYi6-X2KIU4EsZElqXeNzh924LKeK_lXfnqovT07UZ5_J81_UV_AIZfeqrnMqukAcgYCj40ePII-uoNmv6MZoaFygiacMmo5RcqYeHYtC4TKqxX0naIV5_Dl2JLSSXXE2jFFWF0IkImahYRTlWEhOexZy4kkPKLstPNozV49VuPBPuHdniwVkYth6pL45gf9ByqpfnZ-JuZLMlsXcxCep-uKbEbg9WENJy0OxyxWYo5faFrYi2m9cKLta3QXr66XZUTUMsiOCF0A10Asi06LBy6IKmhvUUt1AVmPmBinUNcQxlrnaGt4tENvYLoQ9EPZRtlelvjQliX8J2Ic6HyoekV44LtiQMSgLOoOv8ZjcFXGuLhosCpyB6G5NxJvolQx0IWd8RSY_SXyhG4r9BSFbIJe7ov-D4M_F1YfF9k2myEVxGOZLmo_hidXaQWHRZdkb2qfkEYhEeClSpuNcCXgQLZlKn8jvZT1AEM34xqMmGD90IrPrsnDx8cWvNp1-fpzgAAX4xN_VUEh0RXHAkigWPpqM-SLPApiKak0GsRvTWuJ1HW1Kv5qqLMti0jUrTXUFaOwpJjVUeiLv0CrERQkWY9azHdSAwbvn9XyDkY3x-qI0-Od3u1c5VM5ujBMlTz1M3kPBL4xj50sVDczAYeSDD4OJG4QsSgJFBtkUyzxafa-gBeDhTbTVTRWlfSBOJFlilSpKesaciW_Xp4o7x05BUptjaFbBDI7gS8aDP6gjUdTP3NjhcJaiVnJNf4O7oY9cYOLRx40FZDeHTsrHB0uGarOmbh1ywEUUUZWDGx5R8YrEALzsH3irn2jQZjDgoG02C-_J38lUYmFOHTy4vZ_eBGCsG0bymAkcTC8yYR9mTjdwLzJ6iVTNoQGoGy6QHjDzHWBjsTnP6dXrJvZGSBD5niqv9e4x2-puOrIykC3dqnxZN3fQspuIlO4PTWZTr783uNd56HFe5fCQ6K9zrHcPGCw-DwIDyjKB1H6J-qESHByiz3mprcUsh1uARbcRIg9--XTQQmKU9R0HKnVX6Pl-ZTzc7FJOr9RMcPrDpp3eZpIkLyAFufF0ic-heokM5QOLATLAmspc0gFuk4zV8kirHcAJYDYs_ocEg-2sCA6HWzT-lxjlgLzlKKY0XFZoihGkDLUzfVM6r8vNqrqjTlPlolGfKWElhpQqMZUbfMgwAWA9GlB12WJExbjRESFdXGkF7UW3Mr2jhPZAVzqlbZFjAhpJ6BiF2L1f83g3xV6-w-r9jLpb7QfTd6jjHNrWBgrxEPe2SjLcRdZaqG4Z7AcaCfFEdEROA1Ik9jPUwwr9BLdGCf8DXHqTq9NTSDA-3yJQxy28w2-E3M_Ox-tovCgK5cu_XaHAHC_WwP7qgHs6iuHkwUEWJ1sGaTvn1XFI0BCG0zWEHASze01Zm7roSDeFfmzeraGhBGviiE-X1kRBmz6eYrlmNxLc4Fp8vzQJyoBr19qF2Exq_-iL2S0BayxGYZzTQvexBFEaZEHMHkAoZudvYvjVMw5BmHxj62P9-NM9OrLIEZUB-Uywif8gGQuK8SUH0SZ0Kr4fgDQhBLemS_el6xTxMBG2oKObL8HA3Ajvh9JpNZOvGUxw6P3JjQGOwgplGur_uM0gjc4u30JBy8BLBIx4B5EOwEP-pnOB6VJgypRooIDQLAu_ftByO0uyt4C74-jXKho0jxCAOWXe_lMn-cOn5b-en_0EQYZtXrHYxfS41o0VAv8N7kscw4lVOlo8AcuDirDU5SJmhb2BSGixUPEn3YovKMC7r--X0KFc--445fjkRIALmPOwYC-_xnrd-v30rsFB6gdKV029WcMuxxkDl8nAhLTWzvyogV68S6ZhAQwAQ8uCl1_JAzJLunfG739-piEHkDMI9Qe4GSFES5HQqn4PiMGhfd73612NCPlKvRie6Yl5YIqWjeX-dUflmSc5P9CD9L8QP6kQdffHU_G4BoE4E34Hz5H_PozzkTP6UABFal4CvrP9bydojobTah5omZwmJhrLPvRTJfy_C2I6smgymqGMUtF9SZaCMOwnkPmpxCYrBDq7hrsdvJS8BekRymNTQJY18SgjJ1x-MEtEPhcAW6oz0o-dF5f4tRYyy6q-ofENf35H1vYe1qlP9kLB92yYUT5Cz2r1UURAXn4O0rUhOz5xJ0M0JYQLVr8iD5hhKZQxrcvDKS1uYKkEGlBlQvbANd_xph2gZm8Rmu6ubbeJeZhKekt36Ud-VB_e_5evFBuamu6YlGhCJRClo8JIjcKTQHPkjL_CoKsT9tN9NRr-dOPAjzbuqUuze37QQa6HioMqdVPb3z91pVnpj9oOIBIdlGcoMoJ6hqsjFuHI9tZkFm82Ts8WRUXsqG-c_I7RbjfV7VE3wmx-IYIn02mAOA61XALm6RJQ-eg_fnU6y7go6U-Mpshws9fgTYQ3w9-wXOxl0PMxjzK-PTwkehhKUe3UA4_DCELK4PDOZPqybsht_aWRX08xNf86puOMyYE-jdBd5U-jmHz_BxcgUgPDJgAA",
            text: ##"""
// One endpoint: its settings, what was delivered to it and why something wasn't, and delivering again.

import { at, call, get } from './api.js';
import { ask } from './ask.js';
import { el, freshID, own, put } from './dom.js';
import { number, t } from './i18n.js';
import { announce, asCurl, badge, button, code, facts, field, pager, problem, section, table, time } from './parts.js';
import { body, fields, showSecret, state } from './webhooks.js';

const limit = 50;

export async function show(context) {
  const path = context.api + at`/webhooks/${context.id}`;
  const { data: hook } = await get(path, null, context.signal);
  context.fill(context.heading(own(hook.name || hook.id), actions(context, path, hook)),
    profile(context, path), deliveries(context, path), asCurl(() => ({ path })));
}

function profile(context, path) {
  return section(context, {
    heading: t('Profile'), load: () => get(path, null, context.signal),
    render: ({ data: hook }) => facts([
      [t('State'), [state(hook), hook.disabled_reason ? [' ', own(hook.disabled_reason)] : null]], [t('Address'), own(hook.url)],
      [t('Failing since'), hook.failing_since ? time(hook.failing_since) : null], [t('Events'), hook.events.map((event) => [code(event), ' '])],
      [t('Form'), hook.format], [t('Time for an answer in milliseconds'), number(hook.timeout_ms)],
      [t('Asked before a message is delivered'), hook.before ? `${t(hook.before)}; ${t('Without an answer')}: ${t(hook.on_failure)}` : null],
      [t('Id'), code(hook.id)], [t('Created'), time(hook.created)], [t('Changed'), time(hook.modified)],
    ]),
  });
}

function actions(context, path, hook) {
  return [
    button(t('Change'), () => ask({
      title: t('Change {name}', { name: hook.name || hook.id }), action: t('Save'), fields: fields(hook),
      request: (values) => ({ method: 'PUT', path, json: body(values, hook) }), done: () => context.reload(),
    })),
    button(hook.active ? t('Pause') : t('Activate'), () => ask({
      title: hook.active ? t('Pause {name}', { name: hook.name || hook.id }) : t('Activate {name}', { name: hook.name || hook.id }),
      action: hook.active ? t('Pause') : t('Activate'), kind: hook.active ? 'danger' : 'first',
      text: hook.active ? t('Nothing is queued for it until it is active again.') : t('It is informed of what happens from now on.'),
      request: () => ({ method: 'PUT', path, json: { active: !hook.active } }), done: () => context.reload(),
    })),
    button(t('Ping'), () => ping(path)),
    button(t('Replay'), () => replay(context, path)),
    button(t('Rotate secret'), () => ask({
      title: t('Rotate the secret'), action: t('Rotate secret'), kind: 'danger', text: t('Requests are signed with the new secret and for 24 hours with the old one, too. A second rotation in that time ends the oldest.'),
      request: () => ({ method: 'POST', path: `${path}/secret`, json: {} }), done: ({ data }) => { setTimeout(() => showSecret(data)); },
    })),
    button(t('Delete'), () => ask({
      title: t('Delete {name}', { name: hook.name || hook.id }), action: t('Delete'), kind: 'danger', reason: true, typed: (hook.name || hook.id).trim(),
      text: t('What waits for it isn’t delivered any more.'), request: ({ reason }) => ({ method: 'DELETE', path, query: { reason } }),
      done: () => context.go(`${context.base}/webhooks`),
    }), { kind: 'danger' }),
  ];
}

function ping(path) {
  const answer = el('div', { role: 'status' });
  ask({
    title: t('Ping the endpoint'), action: t('Ping'), stays: true, live: answer, text: t('A request of the type “ping” is sent now; the answer stands here.'),
    request: () => ({ method: 'POST', path: `${path}/ping` }),
    done: ({ data }) => put(answer, facts([
      [t('Status'), data.status ? status(data.status) : null], [t('Error'), data.error ? own(data.error) : null],
      [t('Duration'), t('{count} ms', { count: data.duration_ms ?? 0 })], [t('Answer'), data.body ? el('pre', { tabindex: 0 }, own(data.body)) : null],
    ])),
  });
}

const status = (value) => badge(String(value), value >= 200 && value < 300 ? 'good' : 'bad');

/** A moment of a local time, in milliseconds. */
const milliseconds = (text) => new Date(text).getTime();

function local(moment) {
  const date = new Date(moment);
  return new Date(date.getTime() - date.getTimezoneOffset() * 60000).toISOString().slice(0, 16);
}

function replay(context, path) {
  ask({
    title: t('Replay the events of a time'), action: t('Replay'), text: t('They are delivered again under their own ids, so that the receiver knows those that it has.'),
    fields: [
      { label: t('From'), name: 'after', type: 'datetime-local', required: true, value: local(Date.now() - 3600000) },
      { label: t('Until'), name: 'before', type: 'datetime-local', required: true, value: local(Date.now() + 60000) },
      { label: t('Events'), name: 'types', hint: t('Empty: all that the endpoint is informed of.') },
    ],
    request: ({ after, before, types }) => {
      const names = types.split(/[\s,]+/).filter(Boolean);
      return { method: 'POST', path: `${path}/replay`, json: { after: milliseconds(after), before: milliseconds(before), ...(names.length ? { types: names } : {}) } };
    },
    done: () => {
      document.getElementById('deliveries')?.reload({ quiet: true });
      return t('The events are queued.');
    },
  });
}

const kinds = { pending: 'warn', delivered: 'good', failed: 'bad' };

function deliveries(context, path) {
  const chosen = context.query.state ?? '';
  const filter = field({
    label: t('State'), name: 'state', type: 'select', value: chosen, options: [['', t('all')], ['pending', t('pending')], ['delivered', t('delivered')], ['failed', t('failed')]],
    change: (event) => context.go(context.address({ state: event.target.value, cursor: null })),
  });
  filter.querySelector('select').id = 'delivery-state';
  filter.querySelector('label').htmlFor = 'delivery-state';
  const query = { limit, state: chosen, cursor: context.query.cursor };
  const node = section(context, {
    heading: t('Deliveries'), id: 'deliveries', tools: el('div', { class: 'tools row' }, filter, button(t('Reload'), () => node.reload({ quiet: true }))),
    load: () => get(`${path}/deliveries`, query, context.signal),
    render: ({ data, cursor }) => [list(context, path, data, node), pager(context, { next: cursor, count: data.length })],
  });
  return node;
}

function list(context, path, rows, node) {
  return table({
    name: t('Deliveries'), rows, empty: t('No deliveries yet.'),
    columns: [
      { label: t('Event'), cell: (one) => code(one.type) }, { label: t('State'), cell: (one) => badge(t(one.state), kinds[one.state]) },
      { label: t('Answer'), kind: 'wide', cell: (one) => [one.status ? status(one.status) : null, one.error ? [' ', own(one.error)] : null] },
      { label: t('Attempts'), kind: 'number', cell: (one) => number(one.attempts) }, { label: t('Happened'), cell: (one) => time(one.created) },
      { label: t('Next attempt'), cell: (one) => (one.state === 'pending' && one.next_attempt ? time(one.next_attempt) : '') },
      {
        label: '', kind: 'acts', cell: (one) => [
          button(t('Details'), (event) => details(context, path, one, event.currentTarget), { 'aria-expanded': 'false' }),
          button(t('Retry'), (event) => retry(path, one, event.currentTarget, node)),
        ],
      },
    ],
  });
}

async function retry(path, one, press, node) {
  press.disabled = true;
  try {
    await call('POST', path + at`/deliveries/${one.id}/retry`);
    announce(t('The delivery is tried again.'));
    setTimeout(() => node.reload({ quiet: true }), 600);
  } catch (error) {
    announce(error.message);
  }
  press.disabled = false;
}

const headers = (fields) => Object.entries(fields ?? {}).map(([name, value]) => `${name}: ${value}`).join('\n');

function readable(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text; }
}

function half(name, message) {
  if (!message) return null;
  const block = (text, label) => (text ? [el('h4', {}, label), el('pre', { tabindex: 0, role: 'group', 'aria-label': `${name}: ${label}` }, own(text))] : null);
  return el('div', {}, el('h3', {}, name), message.url ? el('p', {}, own(`${message.method ?? 'POST'} ${message.url}`)) : null, message.status ? el('p', {}, status(message.status)) : null,
    block(headers(message.headers), t('Header fields')), block(readable(message.body ?? ''), t('Body')));
}

/** Opens or closes what was sent and answered, in a row below the delivery's own. */
async function details(context, path, one, press) {
  const row = press.closest('tr');
  if (press.getAttribute('aria-expanded') === 'true') {
    row.nextElementSibling.remove();
    press.setAttribute('aria-expanded', 'false');
    return;
  }
  press.setAttribute('aria-expanded', 'true');
  const id = freshID('delivery');
  press.setAttribute('aria-controls', id);
  const cell = el('td', { role: 'cell', colspan: row.cells.length, class: 'detail' }, el('p', { class: 'loading' }, t('Loading …')));
  row.after(el('tr', { role: 'row', id }, cell));
  const load = async () => {
    try {
      const { data } = await get(path + at`/deliveries/${one.id}`, null, context.signal);
      put(cell, facts([[t('Error'), data.error ? own(data.error) : null], [t('Last attempt'), data.attempted ? time(data.attempted) : null], [t('Duration'), data.duration_ms === undefined ? null : t('{count} ms', { count: data.duration_ms })], [t('Event'), code(data.event)]]),
        el('div', { class: 'columns' }, half(t('Request'), data.request), half(t('Answer'), data.response)), asCurl(() => [{ path: path + at`/deliveries/${one.id}` }, { method: 'POST', path: path + at`/deliveries/${one.id}/retry` }]));
    } catch (error) {
      if (!context.signal.aborted) put(cell, problem(error, load));
    }
  };
  await load();
}

"""##
        ),
        Asset(
            name: "webhooks.js",
            digest: "abaaa3bee70ecaaea168c8ecfa7d2f40",
            gzip: "H4sIAAAAAAACA4VXbW_bNhD-nl9xAwZIzgTZ3bphcNAFXbEB_bAXLB32ITNa2jrbaiRSE6m6huf_vudIWlIcdw0CROQd7_25u0yn9GbLxLpoTKmdJbdVjlTLVOq1aWsuyKyJPzBocxCZqtK6jJQuqFYPpd6Q0ZxfXZV1Y1pHB9qwoyOtW1NTkk9VU-bvbXIz0JV9yKiFRFWN-ezDGZ_Z6RG9MPUZfaylfPa9fqLmVddWGS1VsWH86ZwzOqOVKXCqSg0jGrXhNiPLK1cKzallBaIrax7JblTr7JnwWu1HHJathYDAc7Uy2jpoqEtHL-jb2U28kWha3NzfJ9YhfKotkoySu_hNf_Fya8yDTRYZ3SesLNdmKRw_xU9_bxrWZS3Xv-Hr9S_JYgGd_NEbFhRBumMoSkXchF78EL5yBTc_MN3G41qVCMPmrS31Sm59oFKXJpGQTKBkp1qdTGg-UIMUT9wYUySTR9RSj-i4BXkwT9m9XtG60z7eZLdml8Jkxx_dhA5XFO1vlNvC_HdfHiIxRxEdp7sYn3c3Pec_Hbd7sB5CuJHdrrWmndPpoWfIwy0dh4dSw3gXM38yIvNGEFVGFXNKfehQzakYlAVlWS_alhutqknmX7TAD0NveqBCOXUyhI5exr3noVBf6SGeiLSqGZhKkz71iFprdgBakMJ14_ae41fTQ5T27HJ6qYeL0l4Aa0bQD1ThbskgMimqUaioeXlQcIU0tVzkSfRBflam6moN_ff9FUl01ZKrYAdMFitXXOFiqDABVDrK2BI1O6Rs-uWBtSDvzz9evzIAkYaFoQrLYnJ8lwnYw1liQv_-SyfihI7ZJ2x5WRQtHBJz0IeQsWRXFpw8Na4XjobwP_J-8nG75J1_HMKa16pJU_8dcituxTNKnpLF_2i4E2ReUuAhG4-ffP2qZXAVl95LywourgLTIzGL0-exT7VvfaO6J42_86FsA59_eJxE3PjErsuqOr3Lt6wKdIr0rITRHdNk119Ib_HdN-2d6GtX2APQguERa4LPiZgVE7suW-sSgdOcdFedYBdHke_0aRADBI7gihfSgI5XV9Praz_o1iVXhRWYqAFBYZztZPJhwu3Jor0r66fdy99fJ5aWptjndD09dbK-hwVxMRGC7JZd1-qIn0vICaBP5A9K9YOqOhzl_W2o_dtbShKJ4ceK9cZt5_Td81MyP1H9USSCgIdu3wyHR-JxdZLe8j9dCfBDUtth5DWVWvHWVL6JJVvnGjufTvmjqpuK85WppyICD7eIllcvPNJhPO8N-ah8P8vo-fNv5BoID-Px2ezr59Q16DKXnBggF30IIDu3PELvPXKVAmIT78b1BT968yTalmy32koiY9_LLUuu16rGgBuRN62Bhde-Y17LnCZVVTe0KzGHbIPIoADY7Zi1lET9CV9-RgMeeSL9WLkhIZYrTJtzzwKX92e0FJhGigttOOwMF5S9kR3FW6rxa3fcYgQQ_AIkGPAsxkGV7mA697a2gzm6q5fcDubcuVaQHKwaHohl8TJOkVv6ejYDDJ99O5vNJoL2Us-x5viSndM3uJ31FsduM6razw-kkeGB73MxPBmGGGrUXXLqcX0UsXEFgligTTZMS7V23GLHkXD59WqFwggFKIsQ4hst9B3jRAysqJGBDYeeFfTYcS8k7i8UFUI75G3krtFvZffqPu_ywOndhnazG9fN_X1_B50xtL6fRSOjDwXrfeBped1ZPmNZBA8WvoOetz7piei2YntGftU-LR6hqMMiHcooiymHiYPlx4yGvhn2sp1BKrCYRcDbpipdOr3_22aLr6YTGT7IV_qjMRUr7edS7Leh0p7YMg8SL5k0p189BNLhCpnI8zyN9fTFixexoFDzh4sO0HkJ9nyedghz9HgxfLL93jGmnktl2Xs0PcJ_R3FTdKWrwpoo88v6J1KNbvt4jDo_wcH22m-EIl_6FT4NFvzcT7-WV-xLYbXl1QOYZImFStS373alk3UQExTzVqpIdhavUG7FzDzoX_SbATzrXXo6wr1TWEKfuBLXgNEMFg3KyxkzjKlh1s5PM3e0B8gYYAvvU48Se9oEagbYZH_4_be7N0kWN4P3VnT48g3sWdgp-rWnQNL7XT7u8H0rg1t5y_IvAhgwfdiF4RP3JPmx7N6EoopLyXmuI-dxCOJ_a55_vYcPAAA",
            text: ##"""
// The endpoints that are informed of events: the list, and making one.

import { get } from './api.js';
import { ask, reveal } from './ask.js';
import { own } from './dom.js';
import { t } from './i18n.js';
import { asCurl, badge, button, code, link, pager, section, table, time } from './parts.js';
import { may } from './session.js';

const limit = 50;
const forms = [['standard', 'Standard Webhooks'], ['easemob', 'Easemob'], ['openim', 'OpenIM']];

export const state = (hook) => (hook.active ? (hook.failing_since ? badge(t('failing'), 'warn') : badge(t('active'), 'good')) : badge(t('inactive'), 'bad'));

export async function show(context) {
  const path = `${context.api}/webhooks`;
  const query = { limit, cursor: context.query.cursor };
  const list = section(context, {
    load: () => get(path, query, context.signal),
    render: ({ data, cursor }) => [
      table({
        name: t('Webhooks'), rows: data, empty: t('No endpoint yet. An endpoint is informed of events, or asked before a message is delivered.'),
        columns: [
          { label: t('Name'), cell: (hook) => link(`${context.base}/webhooks/${encodeURIComponent(hook.id)}`, own(hook.name || hook.id)) },
          { label: t('Address'), kind: 'wide', cell: (hook) => own(hook.url) },
          { label: t('Events'), cell: (hook) => hook.events.map((event) => [code(event), ' ']) },
          { label: t('State'), cell: (hook) => state(hook) },
          { label: t('Created'), cell: (hook) => time(hook.created) },
        ],
      }),
      pager(context, { next: cursor }),
    ],
  });
  context.fill(context.heading(t('Webhooks'), may('webhooks') ? button(t('Create endpoint'), () => create(path, list), { kind: 'first' }) : null),
    list, asCurl(() => ({ path, query })));
}

/** The fields of an endpoint, and what they say as the API's body. */
export function fields(hook) {
  return [
    { label: t('Name'), name: 'name', value: hook?.name ?? '', maxlength: 64 },
    { label: t('Address'), name: 'url', type: 'url', value: hook?.url ?? '', required: true, placeholder: 'https://example.com/hook', hint: t('http or https; port 80, 443 or one from 1024 up.') },
    { label: t('Events'), name: 'events', value: hook?.events.join(' ') ?? '*', required: true, hint: t('Names such as message.sent, families such as group.*, or * for all; with spaces between them.') },
    { label: t('Form'), name: 'format', type: 'select', value: hook?.format ?? 'standard', options: forms },
    { label: t('Time for an answer in milliseconds'), name: 'timeout_ms', type: 'number', value: String(hook?.timeout_ms ?? (hook?.before ? 200 : 15000)), min: 50, max: 30000 },
    {
      label: t('Asked before a message is delivered'), name: 'before', type: 'select', value: hook?.before ?? 'none',
      options: [['none', t('no, informed afterwards')], ['clients', t('for messages of clients')], ['all', t('for all messages')]],
    },
    { label: t('Without an answer'), name: 'on_failure', type: 'select', value: hook?.on_failure ?? 'allow', options: [['allow', t('deliver the message')], ['deny', t('refuse the message')]] },
  ];
}

export function body({ name, url, events, format, timeout_ms, before, on_failure }, hook) {
  const words = events.split(/[\s,]+/).filter(Boolean);
  return {
    name, url, events: words, format, timeout_ms: Number(timeout_ms), ...(before !== 'none' ? { before, on_failure } : hook?.before ? { before } : {}),
  };
}

export function showSecret(data) {
  return reveal({
    title: t('The secret of the endpoint'), text: t('It is shown this once. The receiver checks signatures with it.'), pairs: [[t('Secret'), data.secret]],
  });
}

function create(path, list) {
  ask({
    title: t('Create an endpoint'), action: t('Create endpoint'), fields: fields(null),
    request: (values) => ({ method: 'POST', path, json: body(values, null) }),
    done: ({ data }) => {
      list.reload({ quiet: true });
      setTimeout(() => showSecret(data));
    },
  });
}

"""##
        ),
        Asset(
            name: "zh-CN.js",
            digest: "561b528aaf56cdf7e48636afcd9c3670",
            gzip: "H4sIAAAAAAACA5RbW3PbRrJ-z6_AW5ItrZI6qXMe7DoPXjvZytY63oq92dpHiIRIRCTAA4CWtS5XUbZ1syVLvkiyLCmWHF3s2BLlu0zq8l-yBAg-5S-cvswMBiDl1D5ZnhnM9HT3dH994RdfGJeKlhFYVwLfsB3jbNF2LN_qMwZGjAAmvnYKJdsvGi6M9n_yiXWl4nqBkXMdPxAf_a9x9RPD-PSfbtUzfLvg_BF2ybuW7_xaWwpgy1ypmreMX2srV_2cW7Gu_Vpb7f_0lPFpeHg_nJppLzXDw_no1Xq0MpVaE63e6CzN_bt2_dM-3P6S6xpl0xkxPOv_qpYf-KeJPN_yLlueYfpDvhG4xrBpB7R5XH8fvbweH0-EG49-O5iOVmbCW-vh0tN4axTG209nwtpSsneyUc5ksk3HH4b__liFazrusPHZVT8wg6p_7XPaXu0XPboeLb6LFtei1_Ph_Zmw8eC3g0m59reDqV5neNZg1bfyQL_tn7zx7Xvt5mqrMR7tbET3Z1qHK7-_ccJ1Jj-zI_GYiVRfs9Qs37ddxyiavmE5eStPH7Jkwvevwo2X0fxkjwPhKF9ySjJuwIL7mbwDsyWuN8PZBUVG-9HNDA1nKpWSnTMDIMEnxWg8aD94ynNnYbPAMsxkCa2YXA6bDX2dvofhDhpXXa9wDZfSHwYeqq2-hJyHCdOxffqGru64-jnGiCVVabPdvNluTsTHDwUPaStF_3dm2SKq5mba23s89jfPzVdzAQ63Gtvh_VEe_t4q2H7gqYtEr5-G49M8B3rvoA5bwNmRATc_QnvWP0RTNTiz1WiEB7XowREvFq9zwMwNgcRIXA9ehnN32s_r-p7MvnzCM1DWzuIbnrwIykSEt2-9i2qCwotWENhOgQQR7x61D3cl5X6VrxmNPgk3ZsTqql8R54ejK4q_56ySxVuHk2udpQ0e9XmxIAf0SvsCbAbqlJ3jI3Z-Dvf30xrgpIQD65WIw5Wn_B-jtb_TrRp_dUE__5gzfcsAqgLL8_uMvF2wA_i3OFIpWg7Ykq_-yzADo-z6Qb_xbWDAO3PyZA9JGoaZz3vwSICKPM6N-GzB9mbD8aVwZzGqz_y7NhrN78Hf8Ed8_BP80X6xRZanBiYI92_t_wIq0zp4FE402nf2gOqoPguD4cpeuFoD0mF168NtEGJrfya-cRgtv4kefFBaJjTKcIS2sVrpOnfO8nOeXVG6NTsbH4upMw5pFFhQNKCog_BkwQh5JOdWs9k6nAcN69w4DGfrreYm6xCwMJp8zzuch-ubBYusLH0I-gccy7v87K0rsKdhepa0bkQB2bBw9m67uQR3CncewqV5U3iQ0bvJaLQuhGyWSj59zuYErKNZMG3nNPMfLKVTMODNwiu1A7DyzH_WRLYm8d4N2BlZuF8LJyfaY9vR4rZi3tckxRycgrtIA4zSpFcnDCBTkCu5MNlnVJ3ALuFx9AVqf77f-M5VtORJydnSoTCJGBTg1AzKnV4tUwVsBbHHT54zQ2AWtD-aug8PGviAU_VVXhCOve4s7qCa7M-gptDrYfGAdkUzu-pG_MSMq6gO15KXJgdY6nhd8NAkrz6j4LnVCvxblqLE-w_aJYvvLe9jkHXU7HnVASlbfM-xd3wxliLoevtoA6wjaj-JM7w3HS1MtJrv1J2ZLuQIeYPo3kbnQU1dwx12LI9kyfyqjfG4mS_bDptKl-bbu-vtufHw7kNtvse4X60gQCFad5-A0xHLq3lbbBTurse76-qDC0iATw8j72radtpIkQAsAmYOVAH6FE2nYBmgB4g7UmtOG-J4coHI6WpgwT-ehZoHf1hoVKSygRWyzFxgXwbzJiwLzsPBTKyvOVLJHHid0dR2vC7USwKDZcUFYDXbDZBUq7mgxsONhXB1Aj6HxcwY3OrxZnvlNgpxazR-WkMh3tsIl3_Ckeb9aPUxqyb8l011_GYrnH0PIoYn3amN0laCmeHsL2iyxIbSsac52NMtZ-R3Jp83umQfvW-Gt9YyK_8OSq2MIasjGEPhrNwSDcfb9-KpV0IFSiXWYHiOElyQKOkE4lnizn1j2A6KAHPLZTA5A1YwbKFzLlrl06QIwyB8S9gGq1wJRvoFFZ3aIrJocrzz6AHbZpTO_FL7WSNef9reaPD5iVU3fX_Y9dgl1sfba6MJyHJLeYTd7HC6jwRKDMcapiWkWIQnK6DNZJMTRWPaiIZwcql1vAp_g3Hk44A8dvPRwh6PgNBZ-oA8wScoC5UYU7tQpHfggfri43E98JweW4h44nW4dzcce46ejZygpg55cuO6eNGdKKVo7TeEI-8pcRaXZvJYaimTd9G8zN7xeBXcjQ5YhYUHJdT4hIxDx-86OSY_c2fkxfPb4cxr5oi6yveW6QsoeudxuLymAJVADYjN6BkbJbdAiAINDApSUxc8YncvHNvkVxQtbobHi-gcyAWzwBLUPVKRV0eeQQA2aHtl4vjRfdhDzuGX67vxrsBcZ9GZsd6jZ5HeFq7LrwGA-btJ4VGUkQdotjsdTWrBF3JMBBkSKavbCbZl4wztTokG4EeJERbvzTU8iLDghEEXXA0Hnrbw8LRXNHUUTu6BKoVzk9HqOngXEBCy7nA-IdEW6FQDuIgq2LuwH1be5UxOgSSyoGIL0ytYgUDd8UtB3oVqAGaArQwowU8rSpkREbLzRwAnFYOi0yQEFasHA-Hmlh61Gnd48E_WILwaJvqZGr1omV6uSKNzK-03T06UQK5kW04gLBWFzf5Jstjf4mg6nr4RLr_BYAhcAICw53XFv7O8m3ScNKnPGN-eS83h_5leOpkO1s4QluJKxfZ4EgQYrTwWiNwErKhA4kotPr7bOjxWgN1BL8y4FKGwNOkYrQALch7LKAaTNfMETFbn3mYqUmC-aGFi-joW0aRiEI2sPxifJf7_c1zwB4i52WBDxC2uhM_3lEE0aob1t4NH0d4-glzaMBMsI81seVLkScJQINo9viUb7xcBG7GtUtYJvGz08Ai8SHwMgLoWvVjPyE_jj9q9B4vM32PSGbFA4qJhxPoIJVnPDB-GEbE4Ag5bJV9QqE5lQEBgBVGjphvh-BjCf3p5iUVl-QYpfiWmnqUtjVyGYZcUWw14wL7wi7xNv9HtSguuC8AXnI8JFwP822f4LoczYNIA-HISo1IycxAk4PNyAfeZxgAwbyh9S8ToR4soc_KeQBFciH0r_A1RAUpp9y0bJbh3qznTvvkOTdr8JMYqzc3W0TFi_f2daGEHDEm0fAz3TKkP0i5Ykia_z6CoGVxBnt-fPLfd3G43d_gUhFjb9yB4kLqFEdwQxLxdri_cvYF-r7nRnppWfi-T-zlvlQdE0Aj-IYXaytoUeW99AQSvGGiQJN_ejBaWBDX0DKUluXBCLPCD7dsD_DG4xnh7NKpt80ylOlCyc-zeXkA0JUY9wtT0OGHxini5f3EBdjgFWn1rDVwmD5P5NCsVz71skk_sgEHaGo2mPoQT47xk0LOY9IlfMMuifZy3fRNIk9YEcLSyYiqNg48ZA4G8gJ_AFMbb4klW_cAti-3D3UetD4Levzv4VTodFG__DAi_e5PzXSt7ryGe6GMsNHrmw56NpgHD7v5EwAxGOhMzqOGzdylMkHkvl66HQRGFcX1dIZODSU4AIKBkDIlKJfD0JUwV4DPjE_U4u2QPaiE131aF1Gj9EAwI5cAoRYU396bbS4cAuMOZeXhLaF406jN0CxyZhJ4AI2eeZJROLEKqP74QnyjBcFxFvhng2QDaWH4RnKdOGyDTV9PM6oW9JMQ7HuusN6OHdb4BBll3HqtZeJgM4AEr84JEHJKI7I4C3tl-2WbAAnyN5n9ODeumlmZTqBqthnjffTJjQPEq5wpF3qfsXrbYrirniJZfUDnKeQGQFMcbIiMCTvPDGOcI1E2ElcccC1MnVEKMw0NjGhOz5IJGlbO2qbV_C3xO6vGDpCxA6Ppz5-fc_ej1p2E7l21-PKlHcb0GGE-YCHFrWkN3ElcJbCS5ZA2ys5161jpcMnhUwV9BOb8SjE3MgopGOutvBQhOS5u_yRrivwHashxOomKurXGs53bZoiR2RLcEwtqk1CDJJ1GknrU3yVqeyqiMSiHxM6fwVXO6_caFVOqNgiPKxqFqFVzkhmflLPsyyE0l4jnO7_arlDHFLNzOhnrtPZJsx6vRNKZnozub4Yd3wk_e2YwevOP0lWLvN0BoEW2Vyx4DT5o_lqm3siu0gZJZmTD1kjnEdsNzSxaimHTAO-i5ZT2GpS10Nsvd9OQF-E95JrweePuZM8_jmWKPbIjNmepxOd3z--_p8bLHbKqEPY_qcqbJlJxVGsbvkYe5iE_CLH0kmfI_X6q8O9G58ai1_0smj5Jk0WE1Z9FlVtuBiDFnlSWUBRBw95Z8VknSWCzLayElL1U7YdogL4Nfzh0kc0UT89Fk9viUl63Gc7Zm6gnTrB6y0nSyh_0vfpMb2-HerL6vtqMWuZ4DQ15yzTxnRW7Hh4cSJbtlNuGjt8KNZ6EM8zloBI0T0xw6ZhYJ8I-LEuCfWXOJninac8fl7ZI6mCx_qU_U9f5MmWVSAEoHp4gqqEmmSl8iSKIlCU36ihRBvFU3RTIJfb1L9v9RSgEMSbj7IYMT8kmmSZfQ72UJFXAwKIDDwsbIsPnxPKHy2IgEb8FLmuv28mc5POF7oaX8ETybRVdM4b8eNR26Mpg9HcCCYSlQZUtEp3ZZpc_rB7AqPl4OG1vCpGfmVNLLC_TvDmrh9m19xQW4vTvwo5XDIKoE1BqffXfuLxcvfPd5H6YOuZoEDDx78QdmqAnOwszT0lM0jfalryJSpX2OnRvCkX7jDM1y6EYVKEzTY9YcQTc7H07Xi6dfn4VoFFwH5iYpxQPxPZMC8T2amcmFcH8rXn8abmCWhK0Z0gXh_cl0sKsR1S35FRdwEOGky3jfiDBItx8iOiIh0DVQeQVbQPHBBnvoQwOLUlbx1nh7eQGdmyzDYDZMi6oQkeJ-qHkDFu7lY2j8a21L1lZXnnIGn4mACZzrblMwKaksNpOfq9QS7SOK-z33YZ0gSDxowhbCwJJmQFwZv9lMxbliOT5adF7F9Pp0QvKv2KTCcsdqIUAM4ac7D5biOiZUQNDJUmKbHGCF5UaWtMJONLqYQNjF16uQJj_nlEKfNqRS4GRpBBfBtYvgEij9MOC5w6ioEOl5lsbT4SLYC7v7zorJ4LdFpYeqf-E44f4eajzNuXsIkTDeuT8Z7k-Hh0_CAypQT2AamTkYzt2J3s7G25OwOccSoLcZZ9V9_d6yx63HNrNSFx1CPaQ-0eghdbG8l9RhfUbq4BFRBIIcsGPgGCHcy5DgkeaDu_Cr4H4QTJNmrL_trD5RZeiEAlnbL5G-Oy4VWiT85tyuwAz1D9hX8Ogmb6XI-pOZG8KgjxoyrILtyDRDfPwgXP6ps7UAH2hpXHJLHmLdpDCW9DJpwB_pbY61jpaT9qXjuXbzDfaCQHhDKVO9k4esBbZggT-wqZfEdESdMmmd4NLD4Rq392Ck_LAezm4JdUp3tpy3nCpdZHYFAmuZvHUKVcHTuL6jQoKLcK7hVulJdWo1bHKgE2QOxxoWsed4uCyaWC4O2RXJuJzrBALGxe9fo6MiZ_zRLiWDzoSbJkmLTNMSPAwI0Th7wVMnN5SdOqmhTIRrfTgvIrSCi9ba6dFq9ijbarYzFR6NiS2SDg9wDeTjOQTRkIuszv_H4CUTwMh-DfpK67S4iGk_cQZn1MgRpFYQbCvrGxBwSzVsuA6wyVeNTBxfiUqr45wacAfIuROmyFMUlKA8scAAd8vITRUTMJpI4ggBH7y8CHTv3Asbs7JGMAwyA5vhcbEFAgRMUIFRmhKxh1vKd61YfKavIFaYiuEmG2Z_xA-sMkOozfbrZrv5OG48bzUPuzl1yU04CALhQdVVo9-h0BMgeyegecaWwD2bE7sMEIFbSdHldwKrk4OpBIh4Igwg8lWaSNQ3Ek70YesmBZSycVNVPJg7gKG0FanWROsKe1jtKaPF1VQckUl_oqP4cIke7UUMJ82iJ9bCsC8ScVPupBIYSnF3PdNDc-EytpxZdEC0dR28YqKFXSK84JQEkuDESgLn_Cyew8qFWSpdE7Gd-A9N_cMaKLrukMQupiiHHo1Ft-Y7tXvwjg2xRIbg3KokjRRpi2wkQpijFRkvsMbjpugl81bJRtiSKD-GOPKkTFcXPAPbqQYWGTmjhAW6IhhdrUC3X4PIFXtd67OoSfces8RUZUHbKm-OaPt89SUO-MlWOALqDhtFi5uZXbL3RevnqWJ7ND3F9XYWJ96feKFzQQZ_MkikDt21jOSv-tXyNfIcpVKfcRXzD9dkIkJJDdckuQdeJCwc3jIwRVEC7ASEDNHaAdfmhKCLjNZT9Wiw52yL5vc6E7Na8Qp7Sjg3BghINKrcPWw1NwDoce1aHZyrejTPh2HLBI3o1Wfjqp2_lrgm_i8fhr2M6CzJS0_MxPX5LtjE7KP_J4H2UmdiOul_TcfJXE33s-X0b9DyKvjVfvECVEgBoe_ANKi51v5tfY7Kw3IOuY8dkcn094ClTxlXc8jM5Inxfw2F8nUjkfRFY90SW1UMHeNlTAUEbGg5j9dT-cCSWaDODpBSTrQcPebyWjh7XanvD2apyjaidiAsNbwi0dS6uhk15qT99mSyWB6uYclqBWEoHSKKcGBbRAboBzBNwue2pyajlRdaUCOySXN1TB5oenceBA7gCrs-4PZ50cvwJrq1ET1dhxihC_YD6wB5wB_l5Mv-HhEAb9IrcLB9I2npzcQ0ELlSrySPJIglOSshUG8PRRCht3mn2kXJE_73l18l5STsieqDB-4DDMb2C3hcgPORT5R6Ftgb0_uUbJZFJ9H5popOhIjR0mitnFzzxeNgBTwjZDkoKRV3w63roFNwKx2ri5YezjenC9-IYfHBDVlsI9s7R1jH0srbWNiBWVHW0WcI_4qUiZOs4shAreUdk71E_VcLFmgLOzgtqnXkmxA_eUSVXEUZeiw-y5oV14q7j8JUlqpFw8js3aSwrBXAFQtwf-3uENHxOCiSPWhbokd5rPMLgHnVSB_Y3DvDrYk6V3iOHBCQr7fIaktTSWz6BQxzRbYBiDtni-T4_e6N7KVOqJafod_JYLO1gz-ZqYzISC9vgvPAhnR4JiKzI0uk2i8rymYOf4zTx_USJEqEHfyuRFWEVJbr_fic0CDNTcPrR91dear_7CJaaWDUv3-LcwIY8TUhfK7FE5jsEhmGBuCsOpgVLclumAO-W8KKT8UMiqeT9EWZfx0ju7-lt8Ce7_qH-H09PLqJqkDISFRo3r9qN2c5Ak-ZDfwhA5g9zNaD-8JzrgkMi6avdTjTatwR4x_rSlMVSQjdSgCicLePmHp4llwz4sZV6irD2qQ6wnEd0aAlWvxE059sNXAHB0VznfDPAaYR0APTP9eSjkg1ItchnJCgQvi5DMoQX1CLpFonB9H-6IvPWYNmtRSAY7yMPojWdpoP490NcEWA1eVwKg0BHMPkJ6cE9mew6CybRmhC8SGXpMLRfGvdspRB0X-YkWi0Sb-x-QJm-5Of9VCafQkbwR_W5XSvXwJlfwgkQv0kxk-OB1w-RAowgOEPwUeXPFAAIT6YsSRPIEylTNapVMv9IywIvn_FhhNCeUwEv3-Ff6w85hwCG4722mgmjaBSEH5CGseLPXqgezSsn-1uB1MefURL5tgi8wCGQ_7gANR2bQJMESAjMJlc29R5I0kD_eFyKrcQj7hVSprq-ZK5O-HyT6BS7Pa6U1wVOxdUhb1dPmpPTaTLVJqN5WpVyrra5UL2Q-wedUUGqfNYPJ7Ldt5yRY6o8-SuKKz3yJdTZxY7uhn1AyWKgsVPkQg6i-GT2mu-vgI6KqFUNPUsfDmPv-TZfZsKZ9JdaEmVVk8DcHt_8jqoh140AeXtIOkOOliIj-5qHgcxsKxTBFznckaSVmqG2aiWMmmZVIEwW8bBNdhz4DmwRzq_nOh01-n4RxF1AB0bp-dG46Oj6MZYOP42E7wNUE8qFZZM2bMKGoG_LEtfGi8wXMQKdy6TCsKk7fwbPSE0IkLkh3VFo4WhKY9S-V3lH8Sc5BmTqpqu5XBcb6Z6kLoqggC7tGZt9YskFTp_LEgAeYJxwNsRz1SGqMuJoE-jLmRmDD4bjbPa-RTfJZmmlE6xmIzeqkXteqgm2GhWqVgmINb_r-XaeqOqovC7v2KeSSWojTE2PhSFYGIIqRoeyTidwqTTmTpnqvbBBNDWQqGtWguWQqFc2lB7QQRtB_W_GGamfeIvuO577TNnrJf4RJlz9jln7732un7fIgAB09IGi-heM48Hf0XLDFMCTTN-EI2HhQtLAI0ZqTtu_gbWFtkdM5PN2R95ZghMfDoFfk03Ak8qn6NnIc7pKK2kI8sZZTXjBKbPMCbpFOPJaiR2GfsfUxZOg-JXOuXCjiJeaiJQraWHJlAUfLr8KKcs_J4g9sVA_nwE0vTUiTUxdg4y875xzGC3eOPctJ7_MsPrL_OT0iIfmydG8esvFDSHwGQcUadIIxIO6paZzEAvymJcDggNUArcRPiLgkYj_KUzVQ4vI_XLsYQB6zNr-4o1ehtGcfLy6nd7FwIog6GQEhE-VOJREAwRaRTdaqVSLNRj2AYaZUTvsKsG6-UIccoe9Qt5jGBqvPIK4VdeU7ijnmKIOMQL3e9Opx-KpzOpFoYJc2zMQdrgUibOtg-deIEIJh21C56ZJwISRJhiLBdeIGNHkVAMW8usb9DH6ZzO5T8pOmo3T4Kc8YjW8n6xbs5RIAB7XhLewbGm3kd5K2__dx3SyPOKJEkZgb5Sa5O42JT1FmGdY6uYRZ30JB1bNDSbk1dTseZJ9-khoo54VzYzFEIHH5ASq_q_TvL0nIUg05_OcL0jFo38pK5LIxJlylxFxyNn7agj2yihCNMzlf_GooF_ITBf0iHsCrLON9HiINFAqJEVyLNuYmps-Jygq0wBRZlDWzenufoz1osupyGGI-IjxwfJY5bTVb_4Q1lxpr6R3uSstyni-R2vix1CWJEgKcvu6Wlk2d3oY595MI0iD_hXohhyIiJhzMBg_GQe4tkQRFLh3ZEn1fJM_Gpd3jFAnwNlItc05kAgQImzwALWdjXj_werCV6ilpyRue_qa_8RvRkAxMHaOPDwynrK7tBi-Z2jNetIEYng9JCmqhXL7Jv0OPq42BLBqWkuCaKkLhjp3FHKe2CuZ7CozvdwsTjKjBt41jjpboaR0BKPOopKnh_Ve4RLLLryLMpI2wU_b-Jx-3ED_hadP3sZMdnT97EmtvglVyMzodgWCkoKhhYfVeosgtHAnWtdWuX8Cb0f65eTEykCMOPGQx0ZX-38BhIjLruO4_oIcRPeg5D32z-7u5SFgytvHRAYCP_r5P7iXHOm0Vz91tKcjs-e7kIxIIsoqbgibL1EtrzrPLNOZIfVdRnVIdI9dW3vzloQouhJEO-ZDTgu4BYNkKbmNMFEeTPG6C6CR2SOkuBFvwLPLMR8oK-kYDwPuwpBjneH6apzluwmp8tG8rXh8GBbr6NldGMMa0CTjY5xa_rSfoMynuGdGHm51zkvTsKM1O9vs0MXaLgHFAjRx6PD3jE8eEum18Cr0kgH1FKW78gDUrRR1GuyK41dMIhRuY7cuUCe9ddQ-fFX3CAs1obG2eNpUvApUBNwSLnWvvO4ObsdQV91pQX56grOgsMwuRP0rLujP8dGp2YGiFWTgZAIgpHPfTyGwSKhofLJm6CuyghdOyT5IDPVubdyQ_kysnUQcYGyUOD2MXCUkkIE725NLbAxY32CELp7PzGAElTA3tbK3hbo8_voiv023Xxw8cWzxX_5Vsm6ZtXeq0ND-nP7QcN-PskNSv4xgEZbWlzMAB4zGLMTdxwPMXZl9019L-5AQxbjTO7l3OFcX-713hgLH_eVgcCc73Rw-N4IDh-sXs1iu5Tp4zAv2D12N1LW3uHvyDZ7t-J4vlQmRGlJWSYE6WuuThuB-dgnSiR-vjttObvjcgRat5-FimNpRCghFW0jBb7HSKlcLjlaI37Exjwevu_nXjybam2tt1e_MT5uf0J6S9JWPhUh-AeJbxlmQNAHMGsgofvXNkNugAie-hEu3NRXa7OGMfGpFi-CJ-t-9L4DXYt8B4dHh6M4Jg4AOAYdDrzn32X649TgBpHFEGc1N79ozXyzf31Zsd7THsXJLOJSBXUP-4_kUpzDNFJFskjY2UwRgY0Zbkq09-RneDz4VIjBm_26Pb9MWj969ikBOLaeTBuCYAAJs-OCK7A-VR203mzq9oDCPdJFybqw64QAmxen9dVegqck4SYh2PVg0h-B4SxAuRq-XxpGkTuGODxtl0GjionvGIdhUUY98wrC5sHTgfcyCgbTZ1Rmw7t9rXPuKoZJS8vk615t_XCHJ4s79uvvBMNZNfZyqlx4WhMticqHJodNlONQmLGFwndk0d6exOQBdXWIdot9ncrgaLUkEBTaOiSfX9xRayKgGzXOdWw58cf5pVEY_8f5mwrXQqnhIqCcWWmWZXU2liMsk5NHz8jS9qNG89Y0SG14oMGXpMwOJ40wLSiEBDgJeQlqexdalVm4fqxW46oK474l3h4LDdZoe-T4KkaEMXf6P9YnWuvU88_f4yWbV5B0G8MZ69JxgsU9FeTYmTFjMq5NlnQn8aALzAIeXaphmICIv8BGr6vPj_npYVj2xBfoOZV0OChaSubeR9d56VLu3XdyLH8sGGg0OFJa2OHweG9rsjm1jjaBjnrnIf8QlRMTDB-2NlYieKAFqF6sUvomxgqiJ0nCtre5sn99wmLW1Es_CIuMy8Xq0s0Rv5d0XihNwetFHdl50PynMwA40AHfGJoeDJg11cIRAjng-9lhVElQUlYTXOKFbZe11IGdToJ_jG9IVqmnbWQ_-Aawvmz1tm_C-cT9U2zRCdLc8tGkmCM-ElYJ8vwAqcPBYH6KTq4Ok2bfeetB6wsruNRrprYXtv0i4WYoipDqqTDBQc8QJxCQH2fzOwGxKQjtUKlYFit-7yfYbV9hOypMJXiKVa8o--5mwfGAn8UQOyCMBrzQbmz4_StVQiYcYimfUlLgJV6KEJaweybAuHe5_ko3iRbJZK_6YL8j5SuS9MMC8R9mY1kA9s8vtpfvCwVpaS3trqyss8eSdjW9Rhdn02n0c_X6KH4r_pv05cjXe-NIT6639zX8GWks5Aa8cgTs2hhX6WkMQo1pEDavwl4ed2EceKI4EK_RAGxe8cvlqAtmokGGlczQYPSAgw9OXcldpgTJ4UO0kofYBSyX-6SVzWi-UMyCMxMKGoKJ6OGwZGhaQJPBBXksLyM82LfcwqnMr4EyQg80hkJXqj1hm6ns-Wm-ptBrbOIIe9Scm-E9Cnxv66MHklEI7XOeNyaslO-zHTLLGFjP5B53l0gPKVZfhiJRiKvOWNXsuI-qm-lCbdyBxgsNi8vfakATUlDUKPdcsTDM0LA8QgMSBZF1b1RjBohBVK3bd_YfXjGfSYNe61-T0bamcoDAF7o2MaoOK1X-8rJfv6yq8FgGCUHSKxm5l1q3nMpHmFNhGM7X3JlCmPsZfThGQDdjyp4e8-iWNTgxyoSnDeT_gvZcy-h858XDCcZoNSlZuEcldQ-noFYdQfJUOCvjQcpkZUKLWXSbG7vaZol5jFp5dKSrsdFBV5PELLla0iK6c0nan8MgP4kofCNdyC2F7iky2o0kazuyW9oMZQH7fSXRFwILIVMEU3Wd1jiUOSO0KMIzpJlR5erZs-EW9N6f7TannoL9toxGKjbHHjQcmC9sGBKNUQxnknoVvITBGHB7Ycn8N7mtXFVSjEEZsAGRNbUhuW3fvdC-IctBjhit3vXl5tS1ALnhsnBrdu75LiZYP-976U9xUN1qUlwAAA",
            text: ##"""
// The texts in Chinese, by the English ones.

export const texts = {
  'Your sign-in doesn’t include “{scope}”.': '当前登录没有“{scope}”权限。',
  'Too many requests; the server asks to wait.': '请求过多，服务器要求稍候。',
  'The server can’t answer just now ({status}).': '服务器暂时无法响应（{status}）。',
  'The server refused this ({status}).': '服务器拒绝了此操作（{status}）。',
  'The server doesn’t answer.': '服务器没有响应。',
  'Your session has ended.': '登录已失效。',
  'The server’s answer can’t be read.': '无法读取服务器的响应。',
  'Applications': '应用',
  'Create application': '创建应用',
  'Applications of {org}': '{org} 的应用',
  'This organisation has no application yet.': '该组织还没有应用。',
  'Name': '名称',
  'Product': '产品',
  'Registration': '注册',
  'open to everybody': '对所有人开放',
  'by the backend': '由后端注册',
  'Created': '创建时间',
  'State': '状态',
  'Settings': '设置',
  'Resume': '恢复',
  'Suspend': '停用',
  'Delete': '删除',
  'suspended': '已停用',
  'in service': '正常',
  'Create an application in {org}': '在 {org} 中创建应用',
  'Lower-case letters, digits, hyphens; 32 at most. It stands in every address and stays.': '小写字母、数字、连字符，最多 32 个。会出现在每个地址中，之后不能更改。',
  'Product name': '产品名称',
  'Description': '描述',
  'Anybody may register users': '任何人都可以注册用户',
  'Messages to users that don’t exist are refused': '拒绝发给不存在用户的消息',
  'Calls are answered again; everything is as it was.': '恢复响应调用，一切照旧。',
  'Every call is refused and open sessions are closed, until it is resumed. Nothing is deleted.': '在恢复之前，所有调用都会被拒绝，已打开的会话会被关闭。不会删除任何数据。',
  'Delete {name}': '删除 {name}',
  'All its users, groups, messages and files are deleted. This can’t be undone.': '其所有用户、群组、消息和文件都会被删除，无法撤销。',
  'owner': '所有者',
  'administrator': '管理员',
  'admin': '管理员',
  'support': '客服',
  'auditor': '审计员',
  'Owners may do everything; administrators all but change other administrators; support reads, mutes, recalls, ends sessions, deactivates and sends; auditors read.': '所有者可执行所有操作；管理员除更改其他管理员外均可；客服可查看、禁言、撤回、结束会话、停用账号和发送；审计员只能查看。',
  'Administrators of {org}': '{org} 的管理员',
  'Add administrator': '添加管理员',
  'User name': '用户名',
  'Role': '角色',
  'all': '全部',
  'Change': '更改',
  'Names with commas between them; all where it is empty.': '用逗号分隔名称；留空表示全部。',
  'Password': '密码',
  'The old one stays where it is empty; a new one ends this person’s sessions.': '留空则保留旧密码；设置新密码会结束此人的会话。',
  'Eight characters or more.': '至少八个字符。',
  'Add an administrator to {org}': '为 {org} 添加管理员',
  'Change {name}': '更改 {name}',
  'Save': '保存',
  'The sessions of this person end at once.': '此人的会话会立即结束。',
  'Reason': '原因',
  'Stands in the audit log. It may stay empty.': '会记入审计日志，可以留空。',
  'Type {name} to confirm': '输入 {name} 以确认',
  'Close': '关闭',
  'Cancel': '取消',
  'Done.': '已完成。',
  'This server has no audit log.': '此服务器没有审计日志。',
  'Audit': '审计',
  'No row is found by this.': '没有找到符合条件的记录。',
  'Time': '时间',
  'Caller': '调用者',
  'Action': '操作',
  'Target': '对象',
  'Outcome': '结果',
  'Address': '地址',
  'Request': '请求',
  'After': '晚于',
  'Before': '早于',
  'Search': '搜索',
  'This server has no clients with scopes.': '此服务器没有带权限范围的客户端。',
  'Clients': '客户端',
  'Client ID': '客户端 ID',
  'Scopes': '权限范围',
  'Expires': '到期',
  'Last used': '最近使用',
  'never': '从不',
  'Rotate secret': '轮换密钥',
  'Create client': '创建客户端',
  'expired': '已到期',
  '* (everything)': '*（全部）',
  'Empty: never.': '留空：永不到期。',
  'The secret of the client': '客户端的密钥',
  'It is shown this once.': '只显示这一次。',
  'Client secret': '客户端密钥',
  'Create a client': '创建客户端',
  'A client may do what its scopes say and nothing else.': '客户端只能执行其权限范围内的操作。',
  'Rotate the secret of {name}': '轮换 {name} 的密钥',
  'The client gets a new secret. The old one stays good for a while, so that it can be replaced without a break.': '客户端会得到新密钥。旧密钥在一段时间内仍然有效，以便不中断地替换。',
  'The old secret stays good for, in seconds': '旧密钥继续有效的秒数',
  'Its tokens end at once.': '它的令牌会立即失效。',
  'Members': '成员',
  'Add members': '添加成员',
  'Profile': '资料',
  'Id': 'ID',
  'Owner': '所有者',
  'Visible': '可见性',
  'public': '公开',
  'private': '私有',
  'Joining': '加入',
  'with approval': '需要批准',
  'free': '自由加入',
  'disabled': '已禁用',
  'everybody is muted': '全员禁言',
  'Custom': '自定义',
  'Unmute everybody': '解除全员禁言',
  'Mute everybody': '全员禁言',
  'Mute': '禁言',
  'Members may write again.': '成员可以重新发言。',
  'Nobody but owner, administrators and those on the allow list can write until it is lifted.': '在解除之前，只有所有者、管理员和白名单中的成员可以发言。',
  'Change owner': '更换所有者',
  'Change the owner': '更换所有者',
  'The new owner has to be a member; the old one stays as a member.': '新所有者必须是成员；原所有者会保留为成员。',
  'New owner': '新所有者',
  'Dismiss': '解散',
  'Dismiss {name}': '解散 {name}',
  'Its members, files and settings are removed for ever.': '其成员、文件和设置会被永久删除。',
  '{name} is dismissed.': '{name} 已解散。',
  'Most members': '成员上限',
  'Joining needs approval': '加入需要批准',
  'Members may invite': '成员可以邀请',
  'for ever': '永久',
  '{time} left': '剩余 {time}',
  'No members on this page.': '此页没有成员。',
  'member': '成员',
  'Presence': '在线状态',
  'Unmute': '解除禁言',
  'Unmute {name}': '解除 {name} 的禁言',
  'Mute {name}': '禁言 {name}',
  'It can’t write here for a while. Open sessions stay open and go on receiving.': '该用户在一段时间内不能在此发言。已打开的会话保持连接并继续接收消息。',
  'For how long': '时长',
  'Demote': '撤销管理员',
  'Take the role of administrator from {name}': '撤销 {name} 的管理员角色',
  'Promote': '设为管理员',
  'Make {name} an administrator': '将 {name} 设为管理员',
  'Remove': '移除',
  'Remove {name}': '移除 {name}',
  'User names': '用户名',
  'Several with commas between them; 60 at most.': '多个用逗号分隔，最多 60 个。',
  'Announcement': '公告',
  'Nothing is announced.': '没有公告。',
  'Saved.': '已保存。',
  'Shared files': '共享文件',
  'No files.': '没有文件。',
  'Size': '大小',
  'Shared': '共享时间',
  'Download': '下载',
  'Rooms': '聊天室',
  'Search rooms': '搜索聊天室',
  'Create room': '创建聊天室',
  'There are no rooms yet.': '还没有聊天室。',
  'Groups': '群组',
  'Search groups': '搜索群组',
  'Create group': '创建群组',
  'There are no groups yet.': '还没有群组。',
  'Nothing is found by this.': '没有找到符合条件的内容。',
  'Changed': '更改时间',
  'Names with commas between them; the owner is one anyway.': '用逗号分隔名称；所有者自动成为成员。',
  'Can be found and joined by everybody': '任何人都可以找到并加入',
  'Progress of the import': '导入进度',
  'Import': '导入',
  'Start import': '开始导入',
  'One object a line (NDJSON), or users as CSV with a head line: username,password,nickname. A user that exists already isn’t changed.': '每行一个对象（NDJSON），或带表头的用户 CSV：username,password,nickname。已存在的用户不会被更改。',
  'File': '文件',
  'Profiles of existing users are overwritten': '覆盖已有用户的资料',
  'The file is being sent …': '正在发送文件……',
  'The server reads the file …': '服务器正在读取文件……',
  'The import has failed.': '导入失败。',
  'The import is finished.': '导入完成。',
  'Lines that were wrong': '错误的行',
  'Line': '行',
  'Start export': '开始导出',
  'The server writes everything as one object a line; passwords only as hashes. The browser stores the file when it is finished.': '服务器将所有数据写为每行一个对象，密码只以哈希形式写出。完成后浏览器会保存文件。',
  'The server writes …': '服务器正在写入……',
  'The export has failed.': '导出失败。',
  'The export is finished.': '导出完成。',
  'Loading …': '加载中……',
  'There is no such page': '页面不存在',
  'The address leads nowhere.': '此地址没有对应的页面。',
  'Back to the beginning': '返回首页',
  'This is for operators of the server.': '此页面仅供服务器运维人员使用。',
  'You are signed in to another application.': '你登录的是另一个应用。',
  'Menu': '菜单',
  'Language': '语言',
  'Sign out': '退出登录',
  'Views': '视图',
  'Skip to the content': '跳到内容',
  'Your session has ended. Sign in again.': '登录已失效，请重新登录。',
  'Too many requests: the server asks to wait {time}, then this goes on.': '请求过多：服务器要求等待 {time}，之后会自动继续。',
  'No message is found by this.': '没有找到符合条件的消息。',
  'Messages': '消息',
  'Send message': '发送消息',
  'Search messages': '搜索消息',
  'Conversation': '会话',
  'ann:bob, or the id of a group': 'ann:bob 或群组 ID',
  'User': '用户',
  'Order': '排序',
  'newest first': '最新在前',
  'oldest first': '最早在前',
  'Send a message as the system': '以系统身份发送消息',
  'To': '发送到',
  'users': '用户',
  'groups': '群组',
  'rooms': '聊天室',
  'Names or ids': '名称或 ID',
  'Several with commas between them.': '多个用逗号分隔。',
  'From': '发送者',
  'Empty: the system, “admin”.': '留空：系统（“admin”）。',
  'Text': '内容',
  'The message is sent.': '消息已发送。',
  'Now': '当前',
  'This server has no statistics.': '此服务器没有统计数据。',
  'Overview': '概览',
  'Users': '用户',
  'Online': '在线',
  'Files': '文件',
  'of {all}': '共 {all}',
  'Webhooks that wait': '待投递的 Webhook',
  'Refused requests': '被拒绝的请求',
  'Oldest waiting delivery': '最早的待投递',
  'Messages a minute, the last hour': '最近一小时每分钟消息数',
  'Messages a day, the last 30 days': '最近 30 天每日消息数',
  'Refused requests by reason': '按原因统计的被拒请求',
  'Nothing yet.': '暂无数据。',
  '{sum} in all, {most} at most': '共 {sum}，最多 {most}',
  'as a table': '以表格显示',
  'When': '时间',
  'Count': '数量',
  'The call for a shell': '命令行调用',
  'as curl': '显示为 curl',
  'Request {id}': '请求 {id}',
  'Try again': '重试',
  'There is nothing here yet.': '这里还没有内容。',
  'Actions': '操作',
  'First page': '第一页',
  'Next page': '下一页',
  'Last page': '最后一页',
  'Rows: {count}': '共 {count} 行',
  'This server doesn’t say more here.': '此服务器没有更多信息。',
  'Flags in force': '生效的参数',
  'Value': '值',
  'Source': '来源',
  'Server': '服务器',
  'Back up now': '立即备份',
  'Version': '版本',
  'Started': '启动时间',
  'Maintenance mode': '维护模式',
  'The server is under maintenance.': '服务器正在维护。',
  'The server is in service.': '服务器已恢复服务。',
  'Maintenance': '维护',
  'Calls of applications are answered with 503 until it ends, also after a restart. Operators may go on.': '在结束之前，应用的调用都会得到 503，重启后仍然如此。运维人员可以继续操作。',
  'Signing keys': '签名密钥',
  'New key': '新密钥',
  'Sign with a new key': '使用新密钥签名',
  'New tokens are signed with it; those that older keys signed stay good.': '新令牌用新密钥签名；旧密钥签发的令牌仍然有效。',
  'signs': '签名中',
  'verifies': '仅验证',
  'Retire': '停用密钥',
  'Retire the key {name}': '停用密钥 {name}',
  'The tokens that it signed end at once.': '用它签发的令牌会立即失效。',
  'A consistent copy of the database is written on the server’s machine, while it goes on serving.': '在继续服务的同时，在服务器的机器上写出一份一致的数据库副本。',
  'An absolute path; the file must not exist yet.': '绝对路径；文件不能已经存在。',
  'The backup is at {path}.': '备份位于 {path}。',
  'This server has no settings to look at here.': '此服务器没有可在此查看的设置。',
  'none': '无',
  'on': '开',
  'off': '关',
  'at least {least}': '至少 {least}',
  'at most {most}': '最多 {most}',
  '{least} to {most}': '{least} 到 {most}',
  'Default: {value}': '默认值：{value}',
  'This is no JSON.': '不是有效的 JSON。',
  'changed': '已更改',
  'The application is written as org/app.': '应用的写法是 org/app。',
  'Application': '应用',
  'Sign in': '登录',
  'The link has been used or is too old. Sign in with a password.': '此链接已使用过或已过期，请用密码登录。',
  'Sign in as': '登录身份',
  'Administrator': '管理员',
  'Client': '客户端',
  'Stay signed in in this tab': '在此标签页中保持登录',
  'Sign in to go on where you were.': '登录后回到之前的页面。',
  'picture': '图片',
  'Download {name}': '下载 {name}',
  'img': '图片',
  'audio': '语音',
  'video': '视频',
  'file': '文件',
  'place': '位置',
  'command': '命令',
  'custom': '自定义',
  'Extension': '扩展字段',
  'Message of {name}': '{name} 的消息',
  'recalled': '已撤回',
  'edited': '已编辑',
  'The text isn’t there any more.': '内容已不存在。',
  'Context': '上下文',
  'Recall': '撤回',
  'Who got it': '送达情况',
  'Messages before and after': '前后的消息',
  'The whole conversation': '完整会话',
  'yes': '是',
  'Receivers': '接收者',
  'Received': '已送达',
  'Read': '已读',
  'Nobody yet.': '还没有人。',
  'Refused': '被拒绝',
  'This server doesn’t record who got a message.': '此服务器不记录消息的送达情况。',
  'Recall a message of {name}': '撤回 {name} 的消息',
  'Its text disappears from every device and from the history. This can’t be undone.': '其内容会从所有设备和历史记录中消失，无法撤销。',
  'The message is recalled.': '消息已撤回。',
  'No messages.': '没有消息。',
  'Conversations': '会话',
  'No conversation yet.': '还没有会话。',
  'With': '对方',
  'Unread': '未读',
  'Last message': '最近消息',
  'Mutes in the whole application': '全应用禁言',
  'Sessions and devices': '会话与设备',
  'Nickname': '昵称',
  'Account': '账号',
  'active': '启用',
  'deactivated': '已停用',
  'Registered': '注册时间',
  'Messages that wait': '待接收消息',
  'Push': '推送',
  'Chats': '单聊',
  'Not muted.': '未禁言。',
  'No device is connected.': '没有已连接的设备。',
  'Device': '设备',
  'End sessions': '结束会话',
  'End the sessions of {name}': '结束 {name} 的会话',
  'Its sockets are closed and its tokens end at once; it has to sign in again.': '连接会被关闭，令牌立即失效；该用户需要重新登录。',
  'Its sessions have ended.': '会话已结束。',
  'Set password': '设置密码',
  'Set a new password for {name}': '为 {name} 设置新密码',
  'Open sessions end at once; its tokens aren’t good any more.': '已打开的会话会立即结束，令牌不再有效。',
  'New password': '新密码',
  'The password is changed.': '密码已更改。',
  'Deactivate': '停用账号',
  'Deactivate {name}': '停用 {name}',
  'Open sessions end at once and it can’t sign in until it is activated. Its data stays.': '已打开的会话会立即结束，在重新启用之前无法登录。数据会保留。',
  'The account is deactivated.': '账号已停用。',
  'Activate': '启用',
  'Activate {name}': '启用 {name}',
  'It may sign in again.': '可以重新登录。',
  'The account is active.': '账号已启用。',
  'Rename': '改昵称',
  'Change the nickname of {name}': '更改 {name} 的昵称',
  'Export': '导出',
  'Export all that is stored of {name}': '导出 {name} 的全部数据',
  'Erase': '抹除',
  'It can’t send for a while, anywhere in the application. Open sessions stay open and go on receiving.': '该用户在一段时间内不能在整个应用中发送消息。已打开的会话保持连接并继续接收消息。',
  '{name} is muted.': '{name} 已被禁言。',
  'Erase {name}': '抹除 {name}',
  'The account, its relations, sessions and the groups that it owns are removed for ever. Backups made before keep what they have. The receipt can be read for 400 days.': '该账号、其关系、会话及其拥有的群组会被永久删除。之前的备份保持不变。回执可在 400 天内查看。',
  'Its messages': '其消息',
  'stay as they are': '保持原样',
  'stay without its name': '保留但隐去姓名',
  'are deleted': '删除',
  'Receipt of the erasure': '抹除回执',
  'Back to the users': '返回用户列表',
  'Erasure': '抹除编号',
  'Finished': '完成',
  'not yet': '尚未',
  'Note': '备注',
  'Contacts': '联系人',
  'No contacts.': '没有联系人。',
  'Remark': '备注名',
  'Blocked by this user': '该用户拉黑的人',
  'Nobody.': '没有。',
  'None.': '没有。',
  'Connections of the last 30 days': '最近 30 天的连接',
  'Connections': '连接',
  'It hasn’t been connected.': '没有连接记录。',
  'Opened': '建立时间',
  'Closed': '关闭时间',
  'open': '进行中',
  'Why': '原因',
  'Platform': '平台',
  'Create user': '创建用户',
  'Search users': '搜索用户',
  'A name or nickname, its beginning, or a query such as: select * where activated = false order by created desc': '用户名或昵称及其开头，或查询语句，例如：select * where activated = false order by created desc',
  'online': '在线',
  'offline': '离线',
  'No user is found by this.': '没有找到符合条件的用户。',
  'There are no users yet.': '还没有用户。',
  'Create a user': '创建用户',
  'Letters, digits and _ - . ; 64 at most.': '字母、数字和 _ - .，最多 64 个。',
  '{name} is registered.': '{name} 已注册。',
  'Export the application': '导出应用数据',
  'Failing since': '失败始于',
  'Events': '事件',
  'Form': '格式',
  'Time for an answer in milliseconds': '应答时限（毫秒）',
  'Asked before a message is delivered': '消息投递前询问',
  'Without an answer': '没有应答时',
  'Pause': '暂停',
  'Pause {name}': '暂停 {name}',
  'Nothing is queued for it until it is active again.': '在重新启用之前，不会为它排队任何事件。',
  'It is informed of what happens from now on.': '从现在起会收到发生的事件。',
  'Ping': '测试',
  'Replay': '重放',
  'Rotate the secret': '轮换密钥',
  'Requests are signed with the new secret and for 24 hours with the old one, too. A second rotation in that time ends the oldest.': '请求会用新密钥签名，并在 24 小时内同时用旧密钥签名。期间再次轮换会使最旧的密钥失效。',
  'What waits for it isn’t delivered any more.': '等待中的投递将被取消。',
  'Ping the endpoint': '测试端点',
  'A request of the type “ping” is sent now; the answer stands here.': '现在会发送一个类型为“ping”的请求，应答显示在这里。',
  'Status': '状态码',
  'Error': '错误',
  'Duration': '用时',
  '{count} ms': '{count} 毫秒',
  'Answer': '应答',
  'Replay the events of a time': '重放一段时间内的事件',
  'They are delivered again under their own ids, so that the receiver knows those that it has.': '事件会以原有 ID 再次投递，接收方可以识别已收到的事件。',
  'Until': '截止',
  'Empty: all that the endpoint is informed of.': '留空：该端点订阅的全部事件。',
  'The events are queued.': '事件已排队。',
  'pending': '等待中',
  'delivered': '已投递',
  'failed': '失败',
  'Deliveries': '投递记录',
  'Reload': '刷新',
  'No deliveries yet.': '还没有投递记录。',
  'Event': '事件',
  'Attempts': '尝试次数',
  'Happened': '发生时间',
  'Next attempt': '下次尝试',
  'Details': '详情',
  'Retry': '重新投递',
  'The delivery is tried again.': '正在重新投递。',
  'Header fields': '头部字段',
  'Body': '正文',
  'Last attempt': '最近尝试',
  'failing': '持续失败',
  'inactive': '未启用',
  'Webhooks': 'Webhook',
  'No endpoint yet. An endpoint is informed of events, or asked before a message is delivered.': '还没有端点。端点会收到事件通知，或在消息投递前被询问。',
  'Create endpoint': '创建端点',
  'http or https; port 80, 443 or one from 1024 up.': 'http 或 https；端口 80、443 或 1024 以上。',
  'Names such as message.sent, families such as group.*, or * for all; with spaces between them.': '名称如 message.sent，类别如 group.*，或 * 表示全部；用空格分隔。',
  'no, informed afterwards': '否，事后通知',
  'for messages of clients': '仅客户端消息',
  'for all messages': '所有消息',
  'deliver the message': '投递消息',
  'refuse the message': '拒绝消息',
  'The secret of the endpoint': '端点的密钥',
  'It is shown this once. The receiver checks signatures with it.': '只显示这一次。接收方用它校验签名。',
  'Secret': '密钥',
  'Create an endpoint': '创建端点',
  'clients': '客户端',
  'ok': '成功',
  'refused': '被拒绝',
  'user': '用户',
  'contact': '联系人',
  'remark': '备注名',
  'block': '黑名单',
  'mute': '禁言',
  'metadata': '属性',
  'group': '群组',
  'announcement': '公告',
  'role': '角色',
  'message': '消息',
  'position': '已读位置',
  'allow': '投递',
  'deny': '拒绝',
  'created': '新建',
  'existing': '已存在',
  'updated': '已更新',
  'errors': '错误',
  'lines': '行',
  'messages': '消息',
  'contacts': '联系人',
  'blocks': '黑名单',
  'members': '成员',
  'files': '文件',
  'sessions': '会话',
  'closed': '已关闭',
  'signed_out': '已退出登录',
  'logged_out': '被强制下线',
  'application': '由应用断开',
  'server_stopped': '服务器停止',
  'server_lost': '服务器中断',
  'disk': '磁盘',
  'queue': '队列',
  'commit': '提交',
};

"""##
        ),
    ]
}
