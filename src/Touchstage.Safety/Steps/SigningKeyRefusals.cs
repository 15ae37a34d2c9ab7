using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Steps;

/// <summary>Why a signing key is not administered.</summary>
internal static class SigningKeyRefusals
{
    public static readonly RefusalCode UnknownKey = RefusalCode.Define("unknown_signing_key", "There is no signing key of that id.");

    public static Refusal NoSuchKey() => new(UnknownKey, "There is no signing key of that id. touchstage keys list names them all.");
}
