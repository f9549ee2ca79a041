// The files of Assets/docs as literals, written by `make assets`. Don't edit.
// swift-format-ignore-file

/// The files of Assets/docs.
public enum DocsAssets {
    /// Every file, by name.
    public static let all: [Asset] = [
        Asset(
            name: "dom.js",
            digest: "e4b2153884b7156266af38d60b78c623",
            gzip: "H4sIAAAAAAACA4VVyW7bSBC96ytqkCBczFCJJ6cYCuCDgRkgxgSIgTlIMtQii2JHrSbR3fQCS_-e6uIiKlaQgw2ilvdeLV2aTuFG4Q61syB0Dg6fnP0MunKl1Bso0SAYFLmFf-5uvyZgq8HnSuFAWrBl9aghExrWCDthtk2dTibTOIZbsUUPC9hSXIFwzsh148jM6YLgdaMUVAYKoSyyRWHhoGpcAkWjMycrbUFJ61CDqwAfvNoU4ukEn-rKuCGq5wm12GEyJpvByyGBNE2zUqrcoI7gZQKQEbKjgnKkiLzKGp-dZlSww5sRVnRFwQVpDNuM-RafE3gQqsElVAX8t_6BmUsp3Ei04ZE4ankAZAGhe66RgjkNZrMZBL3wIGIRqcjzG1_dVy4WTXjkYQlAFVKPPNgRxRnytvkW3XXP3eYGwfnEvyiRG__uHRwtjc6xkBrzUzNP5rcUR3kH-mvrqGvUeTjqd1oo4cIoLaRyVFfI9ghmX4C_TvQcLSd6jmYqivkMusZopryaHNqdu-YVhkfpSlhl5FnxXsfxulI5-aUG6c4uj9SKqEKf3k6tg_9O1epNa09traQLp-Fqfr9aXqz2i3gRz-_j5YX_iKZRuhN1GNbCOC7uOHxvShXqDen6Ape-IDZZR__t_yQ3DFa0B72d-ne0Rr2WfsEDX1mQ8Fa3MEpmGH5M4P3HqJv4a9ZPZ1nj-CytN7_mtc5UevOa-ZKYL3vmLsm7eS2iYTp3JdJVMNvcnwy-AI4s19_-HV4fNBbpAJV0c6jrlknExoi6pG8n1grPP_3aVPbM8LyhH9pCv1wmB5qR38VbP6e1qrLtaFDt6_Zr4E8Ge7vkYKGDUV85ZP5hedLI_ahhc5baxkXLqxG631aPPl_-Ae6Nh-PotG5sGQ4zKP_u-t9tLGentpSFf2EGayVoItP7NxcLG0_5BkTRr-K7rTjPUJ8j-FFJHQYwAhu9Pzsa9DCTcQ9G9zZDpXwH2MPd9x8j4Yv9frF_O92w9H4A1N32cfn09nLQR0qPcxe2glp0Uz322Anw8faxQ2nOdLWxilbCL7invyKjPnBEdHJ7BtxcPnhgyJSwtL8B1x7wykq6Yk-f4UNC2hSSz-DGH30qTxgp3iuxRhWQ_Y5z4JB0F7uX3EG9dI6xy7-TriAqfFgkgnYlTep1wrrKn7uEbm_a99s1YRhJj-aRcp45D_cnTNTHwDAIAAA",
            text: ##"""
// Elements and texts: nothing here reads HTML, so nothing that is shown can be markup.

/** Makes an element; attributes that are null or false are left out, functions listen to events. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== null && value !== undefined && value !== false) node.setAttribute(key, value);
  }
  node.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== ''));
  return node;
}

/** A text with `code` and **bold** in it. */
export function inline(text) {
  return String(text).split(/(`[^`]+`|\*\*[^*]+\*\*)/).map((part) => {
    if (part.length > 2 && part.startsWith('`') && part.endsWith('`')) return element('code', {}, part.slice(1, -1));
    if (part.length > 4 && part.startsWith('**') && part.endsWith('**')) return element('strong', {}, part.slice(2, -2));
    return part;
  });
}

/** The Markdown that the API document uses: headings, paragraphs, tables. */
export function prose(text) {
  return text.split(/\n{2,}/).flatMap((block) => {
    const lines = block.split('\n');
    if (lines[0].startsWith('|')) return [table(lines)];
    const nodes = [];
    if (lines[0].startsWith('#')) nodes.push(element('h3', {}, inline(lines.shift().replace(/^#+\s*/, ''))));
    if (lines.length) nodes.push(element('p', {}, inline(lines.join(' '))));
    return nodes;
  });
}

function table(lines) {
  const cells = (line) => line.replace(/^\||\|$/g, '').split('|').map((cell) => cell.trim());
  const row = (line, name) => element('tr', {}, cells(line).map((cell) => element(name, {}, inline(cell))));
  return element('div', { class: 'table', tabindex: 0, role: 'region', 'aria-label': 'Table' },
    element('table', {},
      element('thead', {}, row(lines[0], 'th')),
      element('tbody', {}, lines.slice(2).map((line) => row(line, 'td')))));
}

"""##
        ),
        Asset(
            name: "index.html",
            digest: "7523f6b1801c045cb6fc02bb6f13917e",
            gzip: "H4sIAAAAAAACA6VUS24bMQzd5xSsuo09yK4oNAME6KItCjSAcwFGoj2qNZIgcWx419P0YD1JqfkkDppN0Y0Hop4eyUc-63c2Gr4kgp4H393o-gGP4dAqCqoGCK18BmIE02MuxK0aeb_5oNZwwIFadXJ0TjGzAhMDUxDY2VnuW0snZ2gzHW7BBccO_aYY9NTeVRJ27Kl7wOzpAvcPX3QzR260d-EImXyrnJAq6DPtW2WR8eOtenVf-OKp9ET8jIqmNAkPtDWlVHAx2SWG2m2rhmhHTwpKNtfQH4LUzYyUJ83S_VO0F_mIAh5LkWxHl9Y87-vrjXeFVbeTOHAE7glioozsYii6wUVIyt0NgO7vXnUrxxoNeAJn52o2VjQiw0UBZocbj0-1y09ztNYo6OnVPubh5ZlMh104yLMcRV5VCLPpVUUKdmLpdlMMtAtpXOVYcMso1xOOHE0ckieWaNzvFSSPhvropZVWVfQtJKxzPcdsa11zjut83_MBgyuTFmvW54JjPryZpyTy3vRkjq3aoy_0Nvd9St6Zt6kxpf-hfoxH-puUa3TVaTnMEibZjEmEf8-pmzrFdd_qkugBXZiu0ktuE8fAz5Nl5FG29VtEKxOfVk62CQQ5DuI--P3zl27SxGHFpc6XK2me4li3qIzDgPnSfY5nIXBlYpAmjrKz65227iTFLr8z08zqrvZ13v8ZJn3M5esQFyvp1D1W_moyCES2wFc84W663cKjFF9EUhAIMojRZm-JhwImt73g4FV3faqe2tb-xAnxxa-LUZv53-wPau2A2d4EAAA",
            text: ##"""
<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Parley API</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="docs/page.css">
<script type="module" src="docs/page.js"></script>
</head>
<body>
<a class="skip" href="#docs-list">Skip to the operations</a>
<header>
  <h1>Parley API</h1>
  <nav id="docs-dialects" aria-label="Dialect"></nav>
  <form id="docs-settings" role="search">
    <label>Search <input type="search" name="search" autocomplete="off" placeholder="name, path, word"></label>
    <label>Organisation <input id="docs-org" autocomplete="off" spellcheck="false"></label>
    <label>Application <input id="docs-app" autocomplete="off" spellcheck="false"></label>
    <label>Token <input id="docs-token" name="token" type="password" autocomplete="off" spellcheck="false"></label>
  </form>
</header>
<main>
  <p id="docs-count" role="status">Loading the API document …</p>
  <details id="docs-about"><summary>How this API works</summary><div></div></details>
  <div id="docs-list"></div>
</main>
<noscript><p>This page needs JavaScript. The same is at <a href="openapi.yaml">openapi.yaml</a>.</p></noscript>
</body>
</html>

"""##
        ),
        Asset(
            name: "operation.js",
            digest: "863064b89276b28f797c92af759d6ffb",
            gzip: "H4sIAAAAAAACA7VabY_cthH-7l_BGIdQcrQ6p_22h-vVcWzErRMXiYMUuCywXIm7Uk4rbUTKd5vFAv01_WH9JZ0ZvojS6l6SogfjLFHkcDjzzDND8s7P2YdasmYnW6HLpp6z20JoVsI_lTDB1k27Zbphut1j422pi4TpQrKsaytWlTh2TQ1KbKFVVFUCHRVr5a4qpUqfPSu3u6bV7MBkJbey1vC9xoEJ27WNkuzI1m2zZTw9z5tt-oviF8GQO7HdVdD1pqzzBISqpvoEr7qV4UCVFXIrzNhn5y9esI-gkMhz6K-8frL9JNs5Pe_ERnL4clsntF4JX0AbuS7vYM2g1t2e7TpYxUqCASQsKGUvzp9lTa00WwlQ-pLV8pb9-P37iKc8YVWTkfnSAoTEgRK3TZsrmBNsKurezGBdMG1X52y1J9Hyjla87uqMvtO4D-toJ9DgW6mLBtbvx8fs8IyBOXTX1uzaN6f-6V3ejzIy-k6q225Fu09YmqZR36zFRrGrK3a9iBfpL01ZR5zxONXN--ZWtq9h1RGs7NivzfoTDRyuDWAD60Iz-9XQ-rfiRirCRlmrMgcvNnUm56wAM7QSrAR9sAXW3lU5K5oq985i3W7STH7SN0aXSOxKt-AToyWAAa3LeqOM-Yw76yZHd9rFRDyXWpSVAqceWFYJpeaMexHQWuZzNmlwdkxAKOslWTujJPsp_LgTdTjH0qjLzg7m4bgEeXYN4IMfdzvngzhh4JhHBXK0Akch-PDUQWLVdJpGmSCNTmCDEOE8hp8Lb8N1WVVgwyhml38h0zJWrlmEpk2zoqxy657XAHnNLi8v2ZcxGT4VsK46jwwinui9hIaa-Y_4y0jK8zefYI73pdKylm3EdbPZVBKWh-pRbxswBxph2lECYNoj6o9oEqCpVB-oW9MqMMhXTVNJUYdGJBZSge2QMi2dvIbHJ88czBRIs7Q7AHT5iQc9VNHcfu97TboM5qvZ55-zzxyJn_gw9vxuHQhUgi1720mZZfR89XRnBfrRoOA9Cp04WF8IYeNB7sKRkkzggVyqrC135GwDZdMv9NxVL303kJ2X23uCw_j1-uUinCCO2ZzVHeREmgJdnWJGTXr5xZ8NPzD-SlFSBX1MR3yxj5DHukonzujxELIPGn7EdOjz60WPhlWT76Gplb92Uumv4K1fFFkbQUGdAA-YdY18bElN1o1NJKt016kimlgXCsVF3TPaYeJ-Adb73PQF-7HIKH-ttNCdQrusZSshdywwGX1Y_SIznYKUFkHTOwnMuIOBYMDYQt4FjWknQ1CFYfT0Ymli1_ta73dAHvAC0NULGDSa0IlLbReE2eEYAzZMejXCptYc5J6JjBGmk6BZt029sa3GIGDsJSQSr0eAyFSBLWHUzzVHhY7L2M2Dq7of-PiVkI8PQ1QzZ4or61OQ0vvafnPuHo0cWc4LsnWfsqZLt2IXRde61FgLIiPUCyKuayuH3ad3UdYmndFYv9iwfytphBYrqDHl3Zy9xP5CfZR3OhrggSaO00-i6iD9LGwKPPacRD4dBqeVY8bANLYnmhGgSs2UENGPQOwcjGca5-xvP3z4LjXN5XpvRCTGfOxP8QUbcsBUAAfB_yhqwzDxsq4ewnCwFND6wMwMxtHzkeMTV8qr_ot38tGiwleXr8y-A3cbWFqWNRTjFPhSZAUkxxb2Glq2sC2QO8i5NeBe7kz3wd7EVO0IBcqtvTnaLgOi_0O51jKHtR6ILjd1pAvcLh3YHxDIjpZdUEbq10bJufdJ0G5KdBMSvpmiYQDW_lMo_1G-t_3Ia7JHyY3cq0G6AxuXGvCxhqCJoqxoSqBJVCIcYJvTStYbqEF7EAUzkXOVrYC-hUWFapAnLx8MVkgQoi3FrBIrWXEIee99PjStSaLjygiltVClzTECkTxHowiIl-YZdzBv4d2p6Pw5Uc5khag3qKspsIxNgT6igTdMiyER-NXLH6SndSmrXDkleiRMQcDojAOiEwBgKg-c6yaxuujmBqq-wDrkGLJPDXIwB2APblIA7S-Uwm0qtIhON1mDwazxS7NeYyG3k1UFM2U30LQWlQocEs6ZWhK0JnE2pW8TvU9t7RS1teyUHCc9mPBirMzTvXl4qvbBFMaVmI58XxtiSP4rKVrZIvnzH5BthWKvOuCPtvzNHst8RT1SDlS5dF3ODoGgY7p0cxnAjGoLEx-2pPKu9OtIHtgU-iSKD7GD05F-j6txjBcaTF6Zn-IfgNGttiV-kmhla1F6TiG-8f-v5VpArEJoOLMCyWDGY6dl0bj8N4sndc1jnPTU95Yio695iIAGhT_mIbCxF7_qtG6MOSzujfo0ATor53EfwePIG8SxrY76IpOmH5K1L6GIKcOyUxUAgBzLd960WO9x2HrxBfBnVnVQdvSzphivMRbsfRPkSAKaORS4YsPOPv_205mcO0UH1naGFIZyns4ECaWgElY0v09L56RdJTKJp0F4emdP-nIDEDRTP9odFhp0BqRnTNfzHS1lOnCvTd_FxaDr7-QcJwSEB1P9T4TzFJW9_OM4u2LfKCibqNV2HgdwyBPLs8PQwcewwXkQWYu9QGbi_Li00h8_avKsYjfTveCJLTqdXtEpcBA1bgvZx18Q48Ghxmc-_mNfqXu4-6xIu1IqZgmDW8BXCTrpc6S0WS604KOUuS4r-WDGxA59wrRvPfChDJUBKB7yBA0GIyf9zKfO1rDTCPXBd4CGCFXCVT6SnPtzorovAAl6KrDUaIvmizoz2iHVSLmaoLxwM4WEa8QFHfqprJ8vhisdRsPIe8CNVWnO5M_vZre3tzPyIpSGsJ-HXVpOuRaK1EuSguAd7NSeEBs4Y-JysJ8eA8Cr2ANzdCmBKKhAu0-SLlf89QRtWGCNot1AxDq4AZnSpqIvAXURGhtq-XbfX0n8AKVCVvwDw0m5UjU8NRkTwcJckXi2CIgSYuMedu47Macb_kengMDX0fJwwh2eG6znrpjxxY_fv3sNKaOp0cZBBzwsmBTjI-b4oJ5kFo55MJz1M_wE6tNXd3w5TmOhFhPVDq1UAcBk9GXMvmCREabK33BVy6uzAzUcl8SJo_JA3Vfeu5OhUZ1OJ2-jerO3vj3aE1v5SF05qCcR70HnqcLx2ljiAZFLU5O6EAjUo4WPGxcDS_pFUpwMZ-avzQnB7COeOiWjAF_8HyBdSJHjou7BykC7B7CymAKLGTxggp9g7yzV8Kzigl7NbgV2onWO92R457raM8HMVKqxV4ng9l0JmZcuYDdAI4rVDay33jBxK_aWRkzBPQDbr12jqYqMjN2huFhycCDyqQ3dV1UVPefPE_ac__wz58_jI1-GbGOuNLEOpePqMWgHZyXU19iNz2ZdXd7NVJPdEJ8BFe8prZ6b5xS_8PFe1V6LkSeAE_lA5nL2T4e-qZsyzxRGcUD_pvRbwWHZzwutd_Pzc7zIrYpG6XMMEbzqpStdIyaY2dgxsiK_sGC3tB1PINQ40KDEg9PxwTicS_XxZNeK2KThKRCW-qnURXTKChNUYUGMn4gl6HUQYC76g-U5BSDIZ9-w52cHYt45Mw8mZkaEAja0fGArwbOPH_7-5rvnSAUoBDmRbLYMpFm26D01SQ4Dj-e9pFEp0Evx46lOGqLwLV77ycu_vn33_g0fnzWRNGscsL4Z6O_CfQwLta8zZnal1nXBEZMLpNd4a9bKOnrkMol2kRi6__nXv3k8LMIAUiZeAatYwYg6k2ntTo0Y_V2Gww6WCfZ8z1vmyu49AvYLDNOncDsOKwg8gfoawjLyadZ8drnSV7VODv3Cq6-TvNzfSaJwYCags7XUWRG5v54YxE1CARcngV4mrG0ymYrxhBnuVvNhSJlbpoRlUGmD7UsocXE_ijt3LL5yqMAzDS1g0U5UfrM5PrCxJbVRnRZCZo1G3fLO_l3HJfuWqiD8247oxGds5jw63Aneg5vTy4rhpdieT15ohCAzKjc3_ckGX4mcYDd9g7TEeyMcY05Dj2z4jiVycGmEP0vMU2cHZ4Ij26rEj7LOSdG_3B78z-gyiU6Ded2Qn_gxcWfS00PvZvbzrMztUDzubzptkyMfaPXY7Q40a703OdCfZzHYL2QFi2TbNu1oq_f7IhtNnLhjZVHJ1mx0l981xiFIfTQLQFopsUEKDAjwOLhBCnUlpSjmXXUxuiSiV8inEBo0YHBfZBfYX0IhdZoy9iV0eYk_dK90fPZfhtBr-xgmAAA",
            text: ##"""
// One operation: what it is, a form to try it with, the curl line of the same call, its replies.

import { element, inline, prose } from './dom.js';
import { example, kind, resolve, tree } from './schema.js';

/** The address of the server: the page's own, whatever prefix a proxy puts before it. */
const base = new URL('.', location.href);

/** The words that an operation is found by. */
export function wordsOf(path, method, operation) {
  return [operation.operationId, method, path, operation.summary, ...(operation.tags ?? [])].join(' ').toLowerCase();
}

/** The element of an operation, and the function that makes its inside, once: hundreds at once would hold the page up. */
export function operationElement(api, path, method, operation, settings) {
  const node = element('details', { class: 'operation', id: operation.operationId },
    element('summary', {},
      element('span', { class: `method ${method}` }, method.toUpperCase()), ' ',
      element('span', { class: 'path' }, path), ' ',
      element('span', { class: 'about' }, inline(operation.summary ?? ''))));
  const fill = () => {
    if (node.childElementCount === 1) node.append(inside(api, path, method, operation, settings, node));
  };
  node.addEventListener('toggle', fill);
  return { node, fill };
}

function inside(api, path, method, operation, settings, node) {
  const isOperators = Boolean(operation.servers);
  const call = new Call(api, path, method, operation, settings, isOperators);
  const replies = element('div');
  const showReplies = () => {
    if (node.open && !replies.childElementCount) replies.append(...replyElements(api, operation));
  };
  node.addEventListener('toggle', showReplies);
  showReplies();
  return element('div', { class: 'inside' },
    prose(operation.description ?? ''),
    isOperators ? element('p', { class: 'dim' }, inline(operation.servers[0].description)) : null,
    call.form, element('h3', {}, 'As curl'), call.curl, call.result, replies);
}

function replyElements(api, operation) {
  const nodes = [];
  const body = requestBody(operation);
  if (body && tree(api, body.schema)) nodes.push(element('h3', {}, 'Body'), tree(api, body.schema));
  nodes.push(element('h3', {}, 'Replies'));
  for (const [status, reference] of Object.entries(operation.responses)) {
    const response = resolve(api, reference);
    const [type, content] = Object.entries(response.content ?? {})[0] ?? [];
    nodes.push(element('details', {},
      element('summary', {}, element('strong', {}, status), ` ${response.description.split('\n')[0]}`),
      type ? element('p', { class: 'type' }, type) : null,
      content?.schema ? tree(api, content.schema) : null,
      Object.entries(content?.examples ?? {}).map(([title, shown]) => [
        element('p', { class: 'hint' }, title),
        element('pre', { tabindex: 0 }, asText(resolve(api, shown).value))])));
  }
  return nodes;
}

function asText(value) { return typeof value === 'string' ? value : JSON.stringify(value, null, 2); }

function requestBody(operation) {
  const [type, content] = Object.entries(operation.requestBody?.content ?? {})[0] ?? [];
  return type ? { type, schema: content.schema, examples: content.examples } : null;
}

/** A form with an input for each parameter, kept in step with the curl line. */
class Call {
  constructor(api, path, method, operation, settings, isOperators) {
    Object.assign(this, { api, path, method, operation, settings, isOperators });
    this.parameters = (operation.parameters ?? []).map((parameter) => resolve(api, parameter));
    this.body = requestBody(operation);
    this.scheme = Object.keys(operation.security?.find((choice) => Object.keys(choice).length) ?? {})[0];
    this.inputs = new Map();
    this.curl = element('pre', { tabindex: 0, 'aria-label': 'curl line' });
    this.result = element('div', { role: 'status' });
    this.form = this.makeForm();
    settings.addEventListener('change', () => this.show());
    this.show();
  }

  makeForm() {
    const fields = this.parameters.map((parameter) => this.field(parameter));
    if (this.scheme) {
      this.token = element('input', { name: 'token', type: 'password', autocomplete: 'off', spellcheck: 'false' });
      this.token.value = this.settings.token;
      this.token.addEventListener('input', () => { this.settings.token = this.token.value; });
      this.settings.addEventListener('change', () => { this.token.value = this.settings.token; });
      const hint = this.scheme === 'bearer' ? 'Sent as Authorization: Bearer.' : `Sent as ${this.scheme}.`;
      fields.push(element('label', {}, 'token', this.token, element('span', { class: 'hint' }, hint)));
    }
    return element('form', { input: () => this.show(), submit: (event) => { event.preventDefault(); this.send(); } },
      element('div', { class: 'fields' }, fields), this.bodyField(),
      this.isOperators ? null : element('button', { type: 'submit' }, 'Send'));
  }

  field(parameter) {
    const schema = resolve(this.api, parameter.schema ?? {});
    const shared = ['org', 'app'].includes(parameter.name) && parameter.in === 'path' ? parameter.name : null;
    const input = element('input', {
      name: parameter.name, autocomplete: 'off', spellcheck: 'false', required: parameter.in === 'path',
      placeholder: schema.default ?? parameter.example,
    });
    if (shared) {
      input.value = this.settings[shared];
      input.addEventListener('input', () => { this.settings[shared] = input.value; });
      this.settings.addEventListener('change', () => { input.value = this.settings[shared]; });
    }
    this.inputs.set(parameter, input);
    return element('label', {}, `${parameter.name}${parameter.required ? ' *' : ''}`, input,
      element('span', { class: 'hint' }, inline(parameter.description ?? ''), ' ', kind(this.api, schema)));
  }

  bodyField() {
    if (!this.body) return null;
    if (this.body.type === 'multipart/form-data') {
      this.file = element('input', { name: 'file', type: 'file', required: true });
      return element('label', {}, 'file *', this.file);
    }
    this.text = element('textarea', { name: 'body', spellcheck: 'false' });
    const shown = Object.values(this.body.examples ?? {})[0];
    const value = shown ? resolve(this.api, shown).value : example(this.api, this.body.schema);
    this.text.value = this.body.type === 'application/x-www-form-urlencoded' ? 'key=value' : asText(value);
    return element('label', {}, `body, ${this.body.type}`, this.text);
  }

  /** The address, relative to the server. */
  target() {
    let path = this.path;
    const query = new URLSearchParams();
    for (const [parameter, input] of this.inputs) {
      if (parameter.in === 'path') {
        path = path.replace(`{${parameter.name}}`, input.value ? encodeURIComponent(input.value) : `{${parameter.name}}`);
      }
      if (parameter.in === 'query' && input.value !== '') query.append(parameter.name, input.value);
    }
    return path.slice(1) + (query.size ? `?${query}` : '');
  }

  fields() {
    const fields = [];
    if (this.scheme && this.token.value) {
      const name = this.scheme === 'bearer' ? 'Authorization' : this.scheme;
      fields.push([name, this.scheme === 'bearer' ? `Bearer ${this.token.value}` : this.token.value]);
    }
    if (this.text) fields.push(['Content-Type', this.body.type]);
    for (const [parameter, input] of this.inputs) {
      if (parameter.in === 'header' && input.value !== '') fields.push([parameter.name, input.value]);
    }
    return fields;
  }

  /** Writes the curl line; the token stands in it by a name, so that a copied line gives nothing away. */
  show() {
    const quoted = (text) => `'${text.replaceAll("'", "'\\''")}'`;
    const words = ['curl'];
    if (this.isOperators) words.push('--unix-socket parley-data/parley.sock');
    if (this.method !== 'get') words.push(`-X ${this.method.toUpperCase()}`);
    const origin = this.isOperators ? 'http://localhost/' : base.href;
    words.push(quoted(origin + this.target()));
    for (const [name, value] of this.fields()) {
      const isToken = this.token && value.endsWith(this.token.value) && this.token.value !== '' && name !== 'Content-Type';
      words.push(isToken ? `-H "${name}: ${name === 'Authorization' ? 'Bearer ' : ''}$TOKEN"` : `-H ${quoted(`${name}: ${value}`)}`);
    }
    if (this.text) words.push(`-d ${quoted(this.text.value)}`);
    if (this.file) words.push('-F file=@FILE');
    this.curl.textContent = words.join(' ');
  }

  async send() {
    this.result.replaceChildren(element('p', { class: 'dim' }, 'Sending …'));
    const started = performance.now();
    try {
      let body = this.text?.value;
      if (this.file) {
        body = new FormData();
        body.append('file', this.file.files[0]);
      }
      const reply = await fetch(new URL(this.target(), base), {
        method: this.method.toUpperCase(), headers: this.fields(), body, credentials: 'omit', redirect: 'manual',
      });
      const text = await reply.text();
      const duration = Math.round(performance.now() - started);
      this.result.replaceChildren(
        element('h3', {}, 'Reply'),
        element('p', { class: reply.ok ? null : 'bad' }, element('strong', {}, `${reply.status} ${reply.statusText}`),
          ` in ${duration} ms, ${reply.headers.get('content-type') ?? 'no body'}, request ${reply.headers.get('x-request-id') ?? 'without a name'}`),
        element('pre', { tabindex: 0 }, pretty(text)));
    } catch (error) {
      this.result.replaceChildren(element('p', { class: 'bad', role: 'alert' }, `No reply: ${error.message}`));
    }
  }
}

function pretty(text) {
  try { return JSON.stringify(JSON.parse(text), null, 2); } catch { return text.slice(0, 200000); }
}

"""##
        ),
        Asset(
            name: "page.css",
            digest: "85d92832a40deb52e045bdf43ac8e0a7",
            gzip: "H4sIAAAAAAACA6VX246jOBB976_warRSZxTYACEXIo1W2s8YzYPBJlgNGBnTncyo_32rbHNtsjujeUmgXC7X5dRxkSgpNflBMllK5bVZwSuekFJcC00YVS8X4nmlqEH2ie1YzBgKWplrEOT7_JCfUaD5DQVBGu6jHQqYqOA9PhyCY-RMvIBgl8bHNL48ERBdudmyO5wiiiqNbPWogoIO3090n-6sTV5yjY6kuzAKTijKFUV3Px1oRNMQJSllE433p78rzgQlz43iOVetN48TI9yQH-BP4vIwRBul-zjeT6INsjAK2SRavufnfBIt-JCn-STaI0sPeY7RjvEe8oyfT5N4ndIQb75LozifxZvn5_B0nMabRTS2m2y8vcY7nJVKdodAUpq9XJXsalwPwuAYcFx_f_qMi_LmteK7qK8JPCvGlQciXHe7K6quok4IhGcylpBXqp5t6JsLyWUNvgaH5vZX4MekvbeaV14ntqSldeu1XAnwTr5ylZfyzXtTtEkIre9vBVfGDdpDrjeMKdvgSpLLrGu9V9GKtOSgJjttSxI1N9LKUrD5FrfuyTxvMcVBYwLx2xfRwHZIs9BCQiw0hd2dhvNLjhX1zmdeDar2XNhgFwNc0hLc9mN8nKbTHo-wgOMbypjJox_xivgnVP7uiZrxW0JCNF9wCglGVwZV0CKBHxrDffq1lpXxfhkk3_zH8b35LZRM1KZyN-9NMF0k5HhQeMJQS0I7LWceTZRrWfPJ2hfyeWEs8qfmPJsma9GJFLJGMp4SgAVECkIN6hf4-xV_IG_KlqEIl_pBPNsQGA9g37glWmyZ6y-0a_oK6ky0TUnvCclLDkjBXwdQ_L2QKz6aPWTm8FAilwdrj87qGppdRzUW9nFFbd0VZaJre8-xvaDvM6moxWxfFXPUV6oE9bJOKV7rb4sen_WEM77WYU4GlJH_ND-S9eN7UwO7gL1PTGZIAFpDRtppuq9KAHviL7BIBTLN8bSuqiF8xRtO9TMCwsuFBjSLGsD3HGBGtyTI1WbTlyY2ST65IjjYjzU49L1F9lajpCkvp56kpcxeLlPc-KejhdosY0DrpsNEDdS8NcWhilMgOWDmDCRpB4ioHQQTImqgN6EHK8P7tE7_0PqVto_hYQ9doMNCGMh9wjYmC32DDG0a7HZ_jkF_Ic73_rX3vI9lJS0zQ2vk__402e1ugr25CfakE14la9k2NONQxP7xgvX0Cm4J4uxKN6Tvt3E8pgU7FpnDVrNTLSo1UtSaq5_H--DZR4g_AMPDG3eI04csi2W0tr_X4htDMjTmSGcNs3CBAWi2xC8gyuW92mO4X5wZCEJrYQmB9yfGNRVl68uGWyoyQ8OvENqC7P3ItO1u3TgAs6tA9T7r5P2ETVdK-cHMV3iqv82M_fbt6ou6FYzP_LKtdzZI6ytQcV1INjTEcbcb8vu4KYa8i9qMMC792CuuC_d2SIADYHxc1hZE6CPxcZRcLqLMrXYfFzu3ZmfMD6AxUhu_GTmXCkZo1xuqiy2sMggNmmrIgIMnskL8OANggKbSOLgE4QqMp-DtScTPBS_Z79808Pds5o2tob7N4tI5DDWfYHqEtI38IY5-sXXswDK50sz7ME7f5nNX3yk7vCDeCgHRmuwmWA_PDjWQJ03dPP3BDBC6Wxv5tqRNCxb6p_XcawZEWPw_NSwHpHgcdih8akIEOE1eCHimRUbLXgrzNx7Tlb4haLxvStGCG_pe8p48hySErhruNDehOmddZFYWrrs5PakUk68gPxwr7et7w9dZdpVbYQd8oy03gMgc-LUQjCFpTeCLYZE_RNVIpWmtUe1ft65K8qYPAAA",
            text: ##"""
:root { color-scheme: light dark; --line: #d0d5dd; --soft: #f4f6f9; --text: #1b2430; --dim: #566173; --link: #0b57b5;
  --get: #10683a; --post: #0b57b5; --put: #8a4b00; --delete: #b02318; --frame: #6a3ab2; --bad: #b02318; }
@media (prefers-color-scheme: dark) {
  :root { --line: #3b4554; --soft: #1c232d; --text: #e4e9f0; --dim: #a3afbf; --link: #7db6ff;
    --get: #6fce98; --post: #7db6ff; --put: #f0b35f; --delete: #ff9287; --frame: #c3a5ff; --bad: #ff9287; }
  body { background: #12171e; }
}
* { box-sizing: border-box; }
body { margin: 0; color: var(--text); font: 16px/1.5 system-ui, sans-serif; overflow-wrap: anywhere; }
a { color: var(--link); }
:focus-visible { outline: 3px solid var(--link); outline-offset: 1px; }
.skip { position: absolute; left: -99em; }
.skip:focus { left: 1em; top: .5em; background: var(--soft); padding: .3em .8em; z-index: 2; }
header { padding: .8em 1.2em; border-bottom: 1px solid var(--line); background: var(--soft); }
header, main { max-width: 76rem; margin: 0 auto; }
header { max-width: none; }
header > * { max-width: 73.6rem; margin-left: auto; margin-right: auto; }
h1 { font-size: 1.4rem; margin: 0 auto .3rem; }
h2 { font-size: 1.15rem; margin: 1.6rem 0 .3rem; }
h3 { font-size: 1rem; margin: 1rem 0 .3rem; }
nav { display: flex; flex-wrap: wrap; gap: .3rem .4rem; margin-bottom: .6rem; }
nav a { padding: .2rem .7rem; border: 1px solid var(--line); border-radius: 1rem; text-decoration: none; }
nav a[aria-current] { background: var(--link); border-color: var(--link); color: #fff; }
@media (prefers-color-scheme: dark) { nav a[aria-current] { color: #12171e; } }
#docs-settings { display: grid; grid-template-columns: repeat(auto-fit, minmax(12rem, 1fr)); gap: .5rem .8rem; }
main { padding: .6em 1.2em 4em; }
label { display: block; font-size: .875rem; color: var(--dim); }
input, textarea, select, button { font: inherit; color: inherit; background: Canvas; border: 1px solid var(--dim); border-radius: .3rem;
  padding: .3rem .5rem; max-width: 100%; }
label > input, label > select, textarea { display: block; width: 100%; color: var(--text); }
textarea { font: 14px/1.4 ui-monospace, monospace; min-height: 9rem; }
button { background: var(--link); border-color: var(--link); color: #fff; padding: .4rem 1.1rem; cursor: pointer; }
@media (prefers-color-scheme: dark) { button { color: #12171e; } input, textarea, select { background: #12171e; } }
button.plain { background: none; color: var(--link); padding: .1rem .6rem; font-size: .875rem; }
.dim, .hint { color: var(--dim); }
.hint { font-size: .8125rem; display: block; }
details.operation { border: 1px solid var(--line); border-radius: .4rem; margin: .35rem 0; }
details.operation > summary { padding: .4rem .7rem; cursor: pointer; }
details.operation[open] > summary { border-bottom: 1px solid var(--line); background: var(--soft); }
.inside { padding: .3rem .9rem 1rem; }
.method { font: 700 .8125rem ui-monospace, monospace; display: inline-block; min-width: 4.2em; }
.get { color: var(--get); } .post { color: var(--post); } .put { color: var(--put); } .delete { color: var(--delete); }
.frame { color: var(--frame); }
.path, code, pre { font: .875rem/1.45 ui-monospace, monospace; }
.about { display: block; color: var(--dim); font-size: .9rem; }
.fields { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(15rem, 100%), 1fr)); gap: .6rem .9rem; margin: .5rem 0; }
pre { background: var(--soft); border: 1px solid var(--line); border-radius: .3rem; padding: .6rem; overflow-x: auto; margin: .4rem 0;
  white-space: pre-wrap; }
.table { overflow-x: auto; }
table { border-collapse: collapse; font-size: .9rem; }
td, th { border: 1px solid var(--line); padding: .2rem .5rem; text-align: left; vertical-align: top; }
ul.schema { list-style: none; margin: .2rem 0; padding-left: .9rem; border-left: 2px solid var(--line); }
ul.schema li { margin: .25rem 0; }
.type { color: var(--dim); font-size: .8125rem; }
.bad { color: var(--bad); }
[hidden] { display: none !important; }

"""##
        ),
        Asset(
            name: "page.js",
            digest: "71b644bd844e14a1d9f77f87ec87825a",
            gzip: "H4sIAAAAAAACA7VYW2_bOBZ-z69gMQEkta7SmX0ZOOsNOm0XyKKdFJPO7oPXgGmLttXIooak4xqG__t855CUZDvtFAvsQxuZPDw8l-_ceHUlPq2UaORSCb0QDt-vP96KQs83a1W7oai0LCyvN9I4fEjHv2RRGGWtkPbBioU2A1GV1llROjHbCaebcj4Qsi6EVdLMVwo7NTbzi4ty3Whw2gtVKbpjgJ2qrNVANEZbJQ5iYfRaJPlVodf5Z5tcd0d0o4x0pa7fxbNbbQp7t-idamlOzqovct1UuAZy6-oRH86o_nUWYq6lP3Ux17V1oihlpeZQayTG4yQZiOR1VSWTgRgnTSUd9F7T4sf4zTsQoC55_Q5ftx_C6gZmkI6XN-YNfUZqL64NJ-KvyeQ6SLFWbqULFiJZKmbRaOv_bvhPAVs6xQvSzVf0sVKyoL-6Cewit9nu9i1YpWWRidE_Wlfn4Bys-svutqDteGKuN7XDETqZJjhgX_JSAoqLq-fPxX8IFbKqCAhrK-xKGjX0MGmaqpyzRowGWnP6QdXXYrvSAhapl8CGriP81sKpqvKI0_jP2Fw8v7qYVxJgu1fOlfXSwpdO1bDIu0eI-0kayC72F0L88CirjSJLAStmORQJ2fxlodYatoAwWHHKOnzhNwuClUQcrumwVS6t5RrIYDYZsxSiXIjUrUqbB-5jopmI0WgU6YxyG1NfM_VTlJ6ut1-Ulh3F8qe12npN0sQbJMkyIj7gH2kGTVIIE645uiHH3jUT2kAYRQ9kpFOC9SQqdd2yhRG-yhZ7HVsifIqtt-IpW7bqVxkH50fWnvgp5rxzxP4Qo9JGGIwEmS6iIoXRAECReiqyPYFqHNQP4gbGE-9dT1rWiKMI8CkD_HJP5w9TdgTv5ywJqOL13rvdPlIie_E9EqGqlUkTXsedKUfa_uQkWPUYQ0O-K9I8wS6Ao-NHyOzL9mx0Kl32bdn5zkMviOeyFjMVk3YxRNDGPN3GL6dcXwmQ7UtK_xtszXY-UtmifgkJq007FnmUElFYvFhsal5AttDbtyHPpvONMbjLO6eXb2IiTjKCJmI_zfM8LuZr2aTp2IduJWeqmrCBguAAajLg2NuLlVGLoYfGjZjeBA6j6G2BbHDDWDGlfBmEScIBCviwhMMJ1cwEB-oNEt8hXJxl3qCtdlQVu6SeyqbsA4_rZMTxB9ICBLmTwPbNDeyUedWwwAqN8ZF7NRErcjkQtS6UHYJSHCY-afQiYIwcs0J5dWo9oUi4m32GsjnkN6ViWXKisFnMdL2zvubQqVB9Ik0Uva1bBGPcMPZ0k-tARdh81hJldArIi1kwctmzBgOxKMmIYHVa4UlKdAasiL9h0NEMWjxnkS0DL282dpX2eYdGYRj7hfQrHLMQhZyp2TlUF9OupyDf3OTjV5PsJmfj-7voMxw8hMzdM2bfWdCSKp3n7ZNi2jrgKFRgjRbBYSkhx3twMtwqVcx2wKfPWbgEeStiBGg-DIIqLZ_VT8yiLL5xRsRfWWjJCH85RJ-bkpsJwmaSZEGhoHaMb2-P8Cvs9QKZ4qEL4j7Z4Sxu_mkgRC9mzqFNGbFGuD-N7nHy5WWgQP9DUu8PJ6Ze8BW-vZtXJUV7yxWazCDGits0q8yjMr1Nu5mRQWZqMskX6P84escWWik0w7YsFCeh4AD6neMmi6SRo9u5W_jI5vs5tvnrCPSRl6fJgi3_V4h483t9k28j45RUTL0nyMqXe7I86mKQ6__k_r-yRi-H-rYdlgh9vSdnMqS3HQ0wfEHsZQuug77XB7wR2Q54yWkjZ5qOuPbErY0K5WRZWTYUd6RD0fXvWCXj-Yu5YAQjdx7arNfS7Oj4uf3RENZHjEMGZn7shXsAu16mJGgG8yci-Wsm5Cw-3In1vUflTKN5YfffU8mjsQ7V_3LvPXHIxTSObh7GedAPUD1RvCgfj1iXNcUD86YZLDiYXZKdA_Nv3mAieecnOMo87W5jVOKr4ayEWF-G4hWx_df93a-5ZYOVi10aZr_ji7hyD8RPWRYr51npCEVjernv7HfwtoQhyBOHziAiUgU7HKbodt_rrTJvJJJoLC2hK6YLjlsF33SlDsNNH9--3RoJWj9mmFsMVy69-q99cZXlKHMOXeIvWldK-pjCUMjtFeWJVyfNAdVsCmjWuh11sMhlLV-VRaHo3DO-P1fIfrs0pR-crpjSb5X1vNqgEPjNEPNc_k_ZZUGaFyPx4_V5mYxJDVLFdJLFr55AceWPDUS6V9TAadMGZ94G5LDWLh37c5MsCUkAc2tOpnyDfkTxWOu1qFS9dCvqCuFQkvLg051Hhd89dI2C5XbYp0BqG6ffR9l22x_kg_JTrg8GTq40QnfngFQNnNFoLVxJTZ_V3QMMP9nI2gINFn2MrLerslLcgndZFJ3PfaW31S5ttC1DxXjVR5fiNv0D0kS-LuuO7IX4eSD6Gp02l_vYs0UM5RaTvmo5DIg1qi1R3eSpn6MACrrw78ecqYv7BAWRb9JO5IF45Xm0NqPnFCu2p09QFJT2WHF6gvkVy0Xa1zWkcy5HhaLo_f232zd63aAgI5dU2j9U5CtpV0GbH0NuIMnp-A3KtqPnrK4YtB0FA51upmA1sdPlVXQKuqpua6f_Xapt2hU8aXf1XHQpwEnjjmSW9kEVYUD4_bf395wjPkqgyXYC-8yRcauahJkmyXyb1lWzsAFm7eBEAAuTkx-Z2kGH7wWLIMAwcDoa1gIb1saZ3VFjZVRT7XCV3EoMiQsFo6VTMg5NHZ-tri_3UZ7jQSx8-VksCQN4yCfMNNcPGfxv9JaN8s4YRP-UAOF7tDYoLveeHkZ1G9tyCnZtylY6T0ZCpecdiy-DWY7SFd_H3iDSit4c6ptkUqysF7rfKcds-MQU2G302lzGBYZwWAuRQpp17SolLpJUzhULgDk0nX46ebClAT5xNMIbJdGNXO6ZS2w9uWifFtjZxrnQN7pdo2D2dgUt8fxhGN4bWrgZRU0VFTQU5U9wvFzKsk66DpVERUy_dijA4KXSBPDn50n41rgkEHbPZoezp5j2WfIky_M-A3bkUT9Jsu9_ggkltvcm4oXu-TtOlNSlnnFD078umZ165GcKemWgL2CA_75VC7mpEMLn6ZKzz-Gs5HJ-OL_J6eWyOn3raTNMJlag1GYXEXEPjKvUNzT0Tj394XLP1GVBwA-th391YxMk3my9RMkCdwWDf5_LRbmxfYdqT_scHbLX9cWfknm9X1YYAAA",
            text: ##"""
// The page of the API document: loads the part that the address asks for, lists it by topic, and searches in it.

import { element, inline, prose } from './dom.js';
import { operationElement, wordsOf } from './operation.js';
import { example, resolve, tree } from './schema.js';

const dialects = [['', 'All'], ['platform', 'Platform'], ['openim', 'OpenIM'], ['ourchat', 'OurChat'], ['operations', 'Operations']];
const methods = ['get', 'post', 'put', 'delete', 'patch', 'head', 'options'];
const byID = (id) => document.getElementById(id);
const count = byID('docs-count');

/** What all forms share: the application and the token; who changes one of them tells the others. */
class Settings extends EventTarget {
  #values = { org: 'chat-demo', app: 'testapp', token: '' };
  #set(name, value) {
    if (this.#values[name] === value) return;
    this.#values[name] = value;
    this.dispatchEvent(new Event('change'));
  }
  get org() { return this.#values.org; }
  set org(value) { this.#set('org', value); }
  get app() { return this.#values.app; }
  set app(value) { this.#set('app', value); }
  get token() { return this.#values.token; }
  set token(value) { this.#set('token', value); }
}

const settings = new Settings();
for (const name of ['org', 'app', 'token']) {
  const input = byID(`docs-${name}`);
  input.value = settings[name];
  input.addEventListener('input', () => { settings[name] = input.value; });
  settings.addEventListener('change', () => { if (input.value !== settings[name]) input.value = settings[name]; });
}

/** What can be searched: an element and the words that it is found by. */
const found = [];
const sections = [];

function showDialects(current) {
  byID('docs-dialects').append(...dialects.map(([name, label]) => element('a',
    { href: name ? `?dialect=${name}` : '?', 'aria-current': name === current ? 'page' : null }, label)));
}

function listOperations(api) {
  const topics = new Map((api.tags ?? []).map((tag) => [tag.name, { tag, nodes: [] }]));
  for (const [path, item] of Object.entries(api.paths)) {
    for (const method of methods) {
      const operation = item[method];
      if (!operation) continue;
      const { node, fill } = operationElement(api, path, method, operation, settings);
      found.push({ node, fill, words: wordsOf(path, method, operation) });
      topics.get(operation.tags?.[0])?.nodes.push(node);
    }
  }
  for (const { tag, nodes } of topics.values()) {
    const section = element('section', { 'aria-labelledby': `docs-tag-${tag.name}` },
      element('h2', { id: `docs-tag-${tag.name}` }, tag.name), prose(tag.description ?? ''), nodes);
    sections.push(section);
    byID('docs-list').append(section);
  }
}

function listFrames(api) {
  for (const [path, channel] of Object.entries(api['x-channels'] ?? {})) {
    const frames = [['client', channel.publish], ['server', channel.subscribe]].flatMap(([sender, side]) =>
      side.message.oneOf.map((frame) => frameElement(api, sender, frame)));
    const section = element('section', { 'aria-labelledby': 'docs-frames' },
      element('h2', { id: 'docs-frames' }, `Frames of ${path}`), frames);
    sections.push(section);
    byID('docs-list').append(section);
  }
}

function frameElement(api, sender, frame) {
  const schema = resolve(api, frame.payload);
  const code = schema.properties.code.const;
  const node = element('details', { class: 'operation', id: frame.name },
    element('summary', {},
      element('span', { class: 'method frame' }, String(code)), ' ',
      element('span', { class: 'path' }, frame.name), ' ',
      element('span', { class: 'about' }, `Sent by the ${sender}. `, inline(frame.summary))),
    element('div', { class: 'inside' }, tree(api, schema),
      element('h3', {}, 'Example'), element('pre', { tabindex: 0 }, JSON.stringify(example(api, schema), null, 2))));
  found.push({ node, words: `${frame.name} frame ${code} ${sender} ${frame.summary}`.toLowerCase() });
  return node;
}

function search(text) {
  const words = text.toLowerCase().split(/\s+/).filter(Boolean);
  let shown = 0;
  for (const item of found) {
    item.node.hidden = !words.every((word) => item.words.includes(word));
    if (!item.node.hidden) shown += 1;
  }
  for (const section of sections) section.hidden = !section.querySelector('details.operation:not([hidden])');
  count.textContent = words.length ? `${shown} of ${found.length} operations and frames` : `${found.length} operations and frames`;
}

/** Makes the insides of all operations, some at a time, so that the page answers meanwhile. */
function fillSlowly(position = 0) {
  const end = Math.min(position + 8, found.length);
  for (const { fill } of found.slice(position, end)) fill?.();
  if (end < found.length) setTimeout(fillSlowly, 0, end);
}

/** Opens what the address names. */
function openNamed() {
  const node = byID(decodeURIComponent(location.hash.slice(1)));
  if (node?.matches('details')) {
    node.open = true;
    node.scrollIntoView();
  }
}

async function start() {
  const asked = new URLSearchParams(location.search).get('dialect') ?? '';
  const dialect = dialects.some(([name]) => name === asked) ? asked : '';
  showDialects(dialect);
  try {
    const reply = await fetch(`openapi.json${dialect ? `?dialect=${dialect}` : ''}`);
    if (!reply.ok) throw new Error(`the server answers ${reply.status}`);
    const api = await reply.json();
    byID('docs-about').lastElementChild.append(...prose(api.info.description));
    listOperations(api);
    listFrames(api);
  } catch (error) {
    count.replaceChildren(`The API document can't be read: ${error.message}. `,
      element('button', { type: 'button', click: () => location.reload() }, 'Try again'));
    count.setAttribute('role', 'alert');
    return;
  }
  const input = document.querySelector('input[name=search]');
  input.addEventListener('input', () => search(input.value));
  byID('docs-settings').addEventListener('submit', (event) => event.preventDefault());
  for (const { node } of found) {
    node.addEventListener('toggle', () => { if (node.open) history.replaceState(null, '', `#${node.id}`); });
  }
  search('');
  openNamed();
  fillSlowly();
  addEventListener('hashchange', openNamed);
}

start();

"""##
        ),
        Asset(
            name: "schema.js",
            digest: "f47efffe61b6f76c8d52a5be954306b9",
            gzip: "H4sIAAAAAAACA9VXzW7jNhC--ylmgcVK2nXlpOhhEcNr9NBDi7YpsAV6CAyYlqiYWYpURSq24VXRp-mD9Uk6_NOP7aTZ3hpgkyU5fxx-881oNoOP2ZaWRN2A2sqdAKJAUKVpDpwpraZARA4lySkwoSXQPSkrTlU6mbCykrWGI1BOSyr0FCU4ExRaKGpZQpTOclmmDyqaTyazt2_hty3RQOCHj7c_QyXRHK1BFqC3FHKZNcYGcEpyBVrO0e9Bb5m4R_MKnStgWlFepPB2NqF767poRKaZFFBTJfkjjUnFpvBIeEMTOE4AraGQbPAGC7c9x83dlnEKsdt_88YJpK9rWjgl6FT6k1RxltH46yRVFWc6jmZRktY0b3AzrjjJ6BQ-0UMCiw9gl8v0DtcoYlfx7I_r2f0UjNoKU1qxxETS4r-a6qYW3uVyCcd2Pmldvr4FZd8GdkxvZaNtpnY1qSqTFm2yKQU_wD17pAoTi3HSmoqM4v9zqrKaVSY7NmNdqjak9nlyxt2dMylUn6pROr3Y_CTWlHB-WyxTTsW93sJisYBrwPAhTdPex0D07mqVTIdx3fjTwRZCx-92SfgV76wPFTVIISEhTMBO1jmi06TGIAM2RktZtOa0IA3XF5HyiYn8365_lqJ5J-K9LOBuZTZZ4XGUuuNXmAVc0QLLIE-8dFo1ahuvCd-Rg4LXR4P_VOkaH5EVh6F-0q6TsVkqmvLEjhQ2F6-PvURakiqOPe4RgSce3EGSPmDNxRGi8NxPyQQrm3J8Afj82T9RSfbnx6FaRtGFsIJBRHT0959_RS3WdBdzMNcdrrtyGIRE9j86bD2bVQ2lxMwPTDutFrItqUmGJKPObkv232taqi-1bJVahBv-ObXpQfesySDzBAb8cXgdQ16ClLQjImTE2wJrLPIQUPSR1oRHoWZSWycmqYE7o3GM9txUakTqmhyiJNhfG64fospeEV2dVrLdTy44whj6Rbse-y1kXRLtvb1DdxAHR-6oTdYDfrkzclNLJDZ7qwFyR7xQ0nKDzzukhqnvXvMhWShm2pdtH9hIRKRDr7snTFykCV3TEQUgZ2_kI7WF_2LKMAmwaikTGW-Q51w-ElNY7sCz5wd4n4Tbi4bznnB88OgX02F1_FOc8I_FRqhIb8n35ThqOObuCBknCvt85EKMoJ0OgeVIJNtKZpoZ0iTdWzLprHBmrLRT6wL6fVURMbJv0GGtr83rIqasMXgH1-0NrpwL21YRYYPVsLdWsooTBFXP107QFEeIoH-kPmqTrQR_zvnkHPyjdhYQ3xsd7HeWMaLwPoPc5zkzqCH8l1pWtNYM23E3WFw8NSyha0PXPohTt5e0uih6eIQKWMDt5oFmGtsBkkoAWlr1Hu1o0cHylVf0ADwD38sRFAxZ9PjKdXsrCx-HSBetq7phtThJG9a506cAl8mcuhPLKDhVRBB9ASx7THn3CE2fsJr-3jCc65Z9yVoXhnWnEE4t20VJB0R7r9Ecs3wmDqRIbeNw43J8pp0EmJ0D3QXcA93CPEkGI6Nt9m44LMxc1BNjNyqFa4S3m4KsAWc0P4yXOCHjHAnCtBmmLvKj_wz4X1HkEx16xAJe5gWz3UjNSlya3EZSZgun4IvEHbA_zOtAANVG1a_wMbPtkNoC92cEv5Yi83F1T-voxq_R88YuvZ-fiN6aiSY-m9aupnDl69GpbqTEjzLR6xreGgo4Or25RKdIgp6X8GMokJKfIfy7LuHuwqXHrLvCenADd_AprVV0evQl8t_psNfeEWG-excdpxWM4_joac3R2fM00Rn0ufBRmM_h73wksfPSX997vQleE28C4ElO9VujvJ0wwyrE0g6y5gbO06dyI5hrjU3DkN2Q7K78z1f21zfm1_uwDD-WBjXd68i58sXTmTefsiaAdvIPtkJ5XWcQAAA",
            text: ##"""
// Schemas: shown as nested lists, and made into examples.

import { element, inline } from './dom.js';

/** What a JSON pointer of the document leads to; anything else is itself. */
export function resolve(api, value) {
  let found = value;
  while (found && found.$ref) {
    found = found.$ref.slice(2).split('/').reduce((place, key) => place?.[key.replace(/~1/g, '/')], api);
  }
  return found ?? {};
}

/** A schema without the wrapping that only gives a reference a description. */
function bare(api, schema) {
  const found = resolve(api, schema);
  return found.allOf?.length === 1 ? { ...bare(api, found.allOf[0]), description: found.description } : found;
}

/** The type of a schema in words, with its bounds and default. */
export function kind(api, schema) {
  const found = bare(api, schema);
  const bounds = [];
  if (found.const !== undefined) bounds.push(`always ${JSON.stringify(found.const)}`);
  if (found.enum) bounds.push(`one of ${found.enum.map((value) => JSON.stringify(value)).join(', ')}`);
  if (found.minimum !== undefined || found.maximum !== undefined) {
    bounds.push(`${found.minimum ?? '…'} to ${found.maximum ?? '…'}`);
  }
  if (found.maxLength !== undefined) bounds.push(`at most ${found.maxLength} characters`);
  if (found.maxItems !== undefined) bounds.push(`at most ${found.maxItems} items`);
  if (found.default !== undefined) bounds.push(`default ${JSON.stringify(found.default)}`);
  let name = found.anyOf ? 'one of several' : found.type ?? 'anything';
  if (found.type === 'array') name = `list of ${found.items ? bare(api, found.items).type ?? 'anything' : 'anything'}`;
  if (found.format) name += ` (${found.format})`;
  return [name, ...bounds].join(', ');
}

/** The members of a schema, nested; a schema inside itself isn't shown again. */
export function tree(api, schema, above = []) {
  const found = bare(api, schema);
  if (above.includes(found) || above.length > 8) return null;
  const inside = [...above, found];
  if (found.anyOf) {
    return element('ul', { class: 'schema' }, found.anyOf.map((choice, index) => element('li', {},
      element('span', { class: 'type' }, `form ${index + 1}: ${choice.$ref ? choice.$ref.split('/').pop() : kind(api, choice)}`),
      tree(api, choice, inside))));
  }
  if (found.type === 'array') return found.items ? tree(api, found.items, inside) : null;
  if (found.additionalProperties && found.additionalProperties !== true) return tree(api, found.additionalProperties, inside);
  const members = Object.entries(found.properties ?? {});
  if (!members.length) return null;
  return element('ul', { class: 'schema' }, members.map(([name, member]) => {
    const shown = bare(api, member);
    return element('li', {},
      element('code', {}, name), ' ',
      element('span', { class: 'type' }, kind(api, member) + (found.required?.includes(name) ? ', required' : '')),
      shown.description ? element('span', { class: 'hint' }, inline(shown.description)) : null,
      tree(api, member, inside));
  }));
}

/** A value that fits a schema, with its required members, or all of them where none is. */
export function example(api, schema, above = []) {
  const found = bare(api, schema);
  if (above.includes(found) || above.length > 8) return null;
  const inside = [...above, found];
  if (found.default !== undefined) return found.default;
  if (found.const !== undefined) return found.const;
  if (found.enum) return found.enum[0];
  if (found.anyOf) return example(api, found.anyOf[0], inside);
  switch (found.type) {
    case 'integer': case 'number': return Math.max(found.minimum ?? 0, 0);
    case 'boolean': return true;
    case 'array': return found.items && Object.keys(found.items).length ? [example(api, found.items, inside)] : [];
    case 'object': {
      const members = Object.entries(found.properties ?? {});
      const wanted = members.filter(([name]) => found.required?.includes(name));
      return Object.fromEntries((wanted.length ? wanted : members)
        .map(([name, member]) => [name, example(api, member, inside)]));
    }
    case 'string': return found.format === 'uuid' ? '00000000-0000-4000-8000-000000000000' : 'text';
    default: return {};
  }
}

"""##
        ),
    ]
}
