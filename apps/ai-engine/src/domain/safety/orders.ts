/** Words of somebody who gives orders to a reader that is a machine. One is enough: it only ever takes trust away. */
const ORDERS: readonly RegExp[] = [
  /\b(?:ignore|disregard|forget|override|bypass)\b[^.\n]{0,40}\b(?:previous|prior|above|earlier|all|any|your|system|the)\b[^.\n]{0,30}\b(?:instructions?|rules?|prompts?|messages?|guidelines?|context)\b/i,
  /\b(?:ignorier\w*|vergiss|ignore[zr]?|oublie[zr]?|ignora|olvida|dimentica|esque[cç]a)\b[^.\n]{0,50}\b(?:anweisung\w*|regeln|instructions?|consignes|instrucciones|reglas|istruzioni|instru[cç][oõ]es)\b/i,
  /(?:^|[\n"'«“‘[(<>*#.!-]\s*)(?:syst[eè]me?|sistema)\s*(?:prompt|hinweis|message|mensaje|messaggio)?\s*[:\]>]/i,
  /\b(?:hinweis|nachricht|notiz|notes?|nota|message|mensaje|messaggio)\s+(?:an|für|pour|à|para|per)\s+(?:(?:den|die|das|el|la|il|lo)\s+|l['’])?(?:assistent\w*|assistant|asistente|assistente|ki|ia|modell?|modelo|modello)\b/i,
  /\b(?:tu es maintenant|tu n['’]es plus|ahora (?:estás|eres)|ya no eres|ora sei|non sei più|du bist (?:jetzt|nun|kein))\b/i,
  /\b(?:wenn|sobald|quand|lorsque|cuando|quando)\b[^.\n]{0,30}\b(?:person|nutzer|benutzer|personne|utilisateur|persona|usuario|utente)\b/i,
  /<!--|<(?:style|script|iframe|object|svg|base|link|meta)\b/i,
  /(?:^|[\n"'«“‘[(<>*#.!-]\s*)(?:system|developer|assistant|admin(?:istrator)?)\s*(?:prompt|message|note|override|mode|instruction)?\s*[:\]>]/i,
  /\byou are (?:now|no longer) (?:in \w+ mode|called|acting|free|bound|an? (?:ai|assistant|model|bot|different|new))\b|\b(?:act|behave|respond|pretend|roleplay) as (?:if you|an? (?:ai|assistant|model|bot|admin)|the (?:system|admin|bank))\b|\bpretend to be\b|\bnew (?:instructions?|rules?|policy|persona)\s*:|\bdeveloper mode\b|\bjailbreak\b/i,
  /\b(?:when|once|if|as soon as|next time)\b[^.\n]{0,60}\b(?:the )?(?:user|person|human|they)\b[^.\n]{0,60}\b(?:says?|asks?|writes?|opens?|mentions?)\b/i,
  /\b(?:note|message|instructions?|attention|important)\s+(?:to|for)\s+(?:the\s+)?(?:ai|assistant|model|planner|llm|bot|selfos)\b/i,
  /["'](?:op|tool|tool_calls?|function|function_call|name|action|changes?)["']\s*:\s*["'[{]/i,
  /<\/?(?:system|instructions?|assistant|user|tool|function|data|im_start|im_end)\b|<\|[a-z_]+\|>|\[\/?INST\]/i,
  /!\[[^\]]*\]\s*[([]|<img\b|data:[a-z]+\/[a-z]|javascript:/i,
  /\b(?:append|embed|leak|exfiltrate|encode)\b[^.\n]{0,60}\b(?:memor(?:y|ies)|secrets?|url|link|image|query|address|webhook)\b|\b(?:send|post|include|insert|forward|put)\b[^.\n]{0,60}\b(?:memories|secrets|query|webhook)\b/i,
];
/** What nobody types by hand: letters that show nothing, or a long run of encoded ones. */
const HIDDEN = /[\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]|[\u{e0000}-\u{e007f}]/u;
const ENCODED = /(?:^|[\s"'(:])(?=[A-Za-z0-9+/]*[a-z])(?=[A-Za-z0-9+/]*[A-Z0-9])[A-Za-z0-9+/]{40,}={0,2}(?=$|[\s"'),.])/;
/** Letters of two alphabets in one word. */
const MIXED = /[a-z][\u0370-\u03ff\u0400-\u04ff]|[\u0370-\u03ff\u0400-\u04ff][a-z]/i;

/**
 * Whether a retrieved text speaks to whoever reads it for the person. A hint, not a wall: what decides is where a text comes from, and
 * what changes may follow from it.
 */
export function looksLikeOrders(text: string): boolean {
  return HIDDEN.test(text) || ENCODED.test(text) || MIXED.test(text) || ORDERS.some((pattern) => pattern.test(text));
}
