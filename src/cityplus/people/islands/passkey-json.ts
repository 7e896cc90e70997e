/** Passkeys as JSON: bytes are base64url, as the server reads and writes them. (Browsers do this themselves since 2025.) */

interface DescriptorJSON {
  id: string;
  type: PublicKeyCredentialType;
  transports?: AuthenticatorTransport[];
}

export type RequestJSON = Omit<PublicKeyCredentialRequestOptions, "challenge" | "allowCredentials"> & {
  challenge: string;
  allowCredentials?: DescriptorJSON[];
};

export type CreationJSON = Omit<PublicKeyCredentialCreationOptions, "challenge" | "user" | "excludeCredentials"> & {
  challenge: string;
  user: { id: string; name: string; displayName: string };
  excludeCredentials?: DescriptorJSON[];
};

export function fromJSON(options: CreationJSON): PublicKeyCredentialCreationOptions;
export function fromJSON(options: RequestJSON): PublicKeyCredentialRequestOptions;
export function fromJSON(options: CreationJSON | RequestJSON): unknown {
  const read = { ...options, challenge: bytes(options.challenge) };
  if ("user" in options) {
    return {
      ...read,
      user: { ...options.user, id: bytes(options.user.id) },
      excludeCredentials: options.excludeCredentials?.map(descriptor),
    };
  }
  return { ...read, allowCredentials: (options as RequestJSON).allowCredentials?.map(descriptor) };
}

/** What the server reads: the fields of a registration or of an assertion, whichever it is. */
export function toJSON(credential: PublicKeyCredential): Record<string, unknown> {
  const { response } = credential;
  const parts: Record<string, unknown> = { clientDataJSON: text(response.clientDataJSON) };
  if (response instanceof AuthenticatorAttestationResponse) {
    parts.attestationObject = text(response.attestationObject);
    parts.transports = response.getTransports();
  } else if (response instanceof AuthenticatorAssertionResponse) {
    parts.authenticatorData = text(response.authenticatorData);
    parts.signature = text(response.signature);
    parts.userHandle = response.userHandle && text(response.userHandle);
  }
  return {
    id: credential.id,
    rawId: text(credential.rawId),
    type: credential.type,
    response: parts,
    clientExtensionResults: credential.getClientExtensionResults(),
  };
}

function descriptor({ id, ...rest }: DescriptorJSON): PublicKeyCredentialDescriptor {
  return { ...rest, id: bytes(id) };
}

export function bytes(base64url: string): Uint8Array<ArrayBuffer> {
  const base64 = base64url.replace(/-/g, "+").replace(/_/g, "/");
  return Uint8Array.from(atob(base64), (letter) => letter.charCodeAt(0));
}

export function text(buffer: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(buffer), (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replace(/\+/g, "-").replace(/\//g, "_").replace(/=+$/, "");
}
