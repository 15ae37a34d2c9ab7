using System.Collections.Frozen;
using Touchstage.Safety.Credentials;
using Touchstage.Safety.Tests.Credentials.Planted;

namespace Touchstage.Safety.Tests.Credentials;

/// <summary>Whatever holds a secret says so when it hands it out, and prints nothing of it.</summary>
public sealed class SecretsShowNothingTests
{
    /// <summary>What is text or bytes and no secret, each with the reason; a type's name stands for all of it.</summary>
    private static readonly FrozenDictionary<string, string> Harmless = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["AccessTokens+Flight"] = "names a connection and the digest of how it authenticates",
        ["AuthorizationRequest.Address"] = "is what the browser's address bar shows: of the verifier it holds the digest, and the state goes to the server and back in the clear",
        ["AuthorizationRequest.Connection"] = "is a name of the manifest",
        ["AuthorizationRequest.Fingerprint"] = "is the digest of a manifest's words",
        ["AuthorizationRequest.RedirectUri"] = "is an address of this machine",
        ["AuthorizationServer"] = "is what the server publishes of itself",
        ["AuthorizationServers"] = "keeps what servers publish of themselves",
        ["AuthorizedConnection"] = "says which connection was authorized",
        ["ConnectionStanding"] = "says what a connection has, by the names of the manifest",
        ["ForgottenAuthorization"] = "says which connection was forgotten",
        ["KeptAccess"] = "is sealed, and the refusal in it is one of this program's own",
        ["KeptSecret"] = "says under which name a secret was kept",
        ["NewAccess"] = "is sealed",
        ["OAuthRefusals.KnownErrors"] = "are words of the specifications",
        ["SecretDescription"] = "says under which name and where a secret is, not what it is",
        ["SecretReference"] = "says where a secret is, which the operator must be able to read; it is sealed like one all the same",
        ["SecretsState"] = "names what lacks a secret",
        ["StoredSecret.Box"] = "is sealed",
        ["StoredSecret.Name"] = "is a name of the manifest",
        ["TokenGrant.Type"] = "is a word of the specifications",
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static IReadOnlyList<Type> Types { get; } =
        [.. typeof(Secret).Assembly.GetTypes().Where(type => type.Namespace is { } name && (name == "Touchstage.Safety.Credentials" || name.StartsWith("Touchstage.Safety.Credentials.", StringComparison.Ordinal)))];

    [Fact]
    public void TextAndBytes_AreReadByMembersThatSayReveal_AndByNoOthers() =>
        Types.SelectMany(SecretShape.ShownBy).Where(member => !IsHarmless(member)).ShouldBeEmpty();

    [Fact]
    public void WhateverHoldsASecret_PrintsStars()
    {
        var bearers = Types.Where(type => SecretShape.RevealsSomething(type) || SecretShape.HeldBy(type).Any(member => !IsHarmless(member))).ToList();
        bearers.Select(type => type.Name).ShouldBe(
            [
                "Secret", "Credential", "ClientKey", "OpenedConnection", "WebhookSecret", "AuthorizationRequest", "TokenAnswer", "TokenGrant",
            ],
            ignoreOrder: true);
        bearers.Concat([typeof(OpenedAccess), typeof(StoredSecret)]).Where(type => !SecretShape.PrintsStars(type)).ShouldBeEmpty();
    }

    [Fact]
    public void APlantedType_IsFound()
    {
        SecretShape.ShownBy(typeof(TellingToken)).ShouldBe(
            [
                "TellingToken.Access", "TellingToken.Bytes", "TellingToken.Fields", "TellingToken.Kept", "TellingToken.Texts()", "TellingToken.Inner",
            ],
            ignoreOrder: true);
        SecretShape.PrintsStars(typeof(TellingToken)).ShouldBeFalse();
        SecretShape.PrintsStars(typeof(SilentToken)).ShouldBeTrue();
        SecretShape.ShownBy(typeof(SilentToken)).ShouldBeEmpty();
        (SecretShape.HeldBy(typeof(SilentToken)).Any(), SecretShape.RevealsSomething(typeof(SilentToken)), SecretShape.RevealsSomething(typeof(TellingToken))).ShouldBe((true, true, false));
    }

    [Fact]
    public void EveryExceptionIsStillNeeded() => Harmless.Keys
        .Except(Types.SelectMany(type => SecretShape.ShownBy(type).Concat(SecretShape.HeldBy(type))).SelectMany(member => (string[])[member, TypeOf(member)]), StringComparer.Ordinal)
        .ShouldBeEmpty();

    private static bool IsHarmless(string member) => Harmless.ContainsKey(member) || Harmless.ContainsKey(TypeOf(member));

    private static string TypeOf(string member) => member[..member.IndexOf('.', StringComparison.Ordinal)];
}
