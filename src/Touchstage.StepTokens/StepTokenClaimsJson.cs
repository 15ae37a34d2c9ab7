using System.Buffers;
using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using static Touchstage.StepTokens.StepTokenNames;

namespace Touchstage.StepTokens;

/// <summary>Writes and strictly reads the payload of a step token.</summary>
internal static class StepTokenClaimsJson
{
    private const int DigestLength = 54;

    public static byte[] Write(StepTokenClaims claims)
    {
        var buffer = new ArrayBufferWriter<byte>(1024);
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            json.WriteString(Issuer, claims.Issuer);
            json.WriteNumber(IssuedAt, claims.IssuedAt.ToUnixTimeSeconds());
            json.WriteNumber(ExpiresAt, claims.ExpiresAt.ToUnixTimeSeconds());
            json.WriteString(Audience, claims.Audience);
            json.WriteString(Transaction, claims.Transaction);
            json.WriteString(TokenId, claims.TokenId);
            json.WriteString(Subject, claims.Subject.ToString());
            json.WriteString(Scope, claims.Scope);
            json.WriteString(Workload, claims.Workload);
            WriteContext(json, claims.Context);
            json.WriteStartObject(Origin);
            json.WriteString(Client, claims.Origin.Client);
            json.WriteString(Transport, claims.Origin.Transport);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return buffer.WrittenSpan.ToArray();
    }

    public static bool TryRead(ReadOnlySpan<byte> payload, [NotNullWhen(true)] out StepTokenClaims? claims)
    {
        claims = StrictJson.Read(payload, ReadClaims);
        return claims is not null;
    }

    private static void WriteContext(Utf8JsonWriter json, StepContext context)
    {
        json.WriteStartObject(Context);
        json.WriteString(Tenant, context.Tenant);
        json.WriteString(Capability, context.Capability);
        json.WriteString(Connection, context.Connection);
        json.WriteString(ArgumentsDigest, context.ArgumentsDigest);
        json.WriteString(Method, context.Binding.Method);
        json.WriteString(TargetUri, context.Binding.TargetUri);
        json.WriteString(HeadersDigest, context.Binding.HeadersDigest);
        WriteTexts(json, HeaderNames, context.Binding.HeaderNames);
        json.WriteString(BodyDigest, context.Binding.BodyDigest);
        if (context.Approval is { } approval)
        {
            json.WriteStartObject(Approval);
            json.WriteString(ApprovalId, approval.Id);
            json.WriteNumber(ApprovalRevision, approval.Revision);
            json.WriteString(ApprovalDigest, approval.RevisionDigest);
            WriteTexts(json, ApprovedBy, approval.ApprovedBy);
            WriteTexts(json, Statements, approval.Statements);
            json.WriteEndObject();
        }

        json.WriteEndObject();
    }

    private static void WriteTexts(Utf8JsonWriter json, string name, ImmutableArray<string> texts)
    {
        json.WriteStartArray(name);
        foreach (var text in texts)
        {
            json.WriteStringValue(text);
        }

        json.WriteEndArray();
    }

    private static StepTokenClaims? ReadClaims(JsonElement root) =>
        root.TryText(Issuer, out var issuer)
        && root.TryWhole(IssuedAt, 0, StrictJson.LastSecond, out var issuedAt)
        && root.TryWhole(ExpiresAt, 0, StrictJson.LastSecond, out var expiresAt)
        && root.TryText(Audience, out var audience)
        && root.TryText(Transaction, out var transaction)
        && root.TryText(TokenId, out var tokenId)
        && root.TryText(Subject, out var sub) && StepSubject.TryParse(sub, out var subject)
        && root.TryText(Scope, out var scope)
        && root.TryText(Workload, out var workload)
        && root.TryObject(Context, out var tctx) && ReadContext(tctx) is { } context
        && root.TryObject(Origin, out var rctx) && ReadOrigin(rctx) is { } origin
            ? new StepTokenClaims
            {
                Issuer = issuer,
                IssuedAt = DateTimeOffset.FromUnixTimeSeconds(issuedAt),
                ExpiresAt = DateTimeOffset.FromUnixTimeSeconds(expiresAt),
                Audience = audience,
                Transaction = transaction,
                TokenId = tokenId,
                Subject = subject,
                Scope = scope,
                Workload = workload,
                Context = context,
                Origin = origin,
            }
            : null;

    private static StepContext? ReadContext(JsonElement tctx)
    {
        StepApproval? approval = null;
        if (tctx.TryGetProperty(Approval, out _)
            && (!tctx.TryObject(Approval, out var member) || (approval = ReadApproval(member)) is null))
        {
            return null;
        }

        return tctx.TryText(Tenant, out var tenant)
            && tctx.TryText(Capability, out var capability)
            && tctx.TryText(Connection, out var connection)
            && tctx.TryText(ArgumentsDigest, out var argumentsDigest)
            && ReadBinding(tctx) is { } binding
                ? new StepContext
                {
                    Tenant = tenant,
                    Capability = capability,
                    Connection = connection,
                    ArgumentsDigest = argumentsDigest,
                    Binding = binding,
                    Approval = approval,
                }
                : null;
    }

    private static RequestBinding? ReadBinding(JsonElement tctx) =>
        tctx.TryText(Method, out var method)
        && tctx.TryText(TargetUri, out var targetUri)
        && tctx.TryText(HeadersDigest, out var headersDigest) && IsDigest(headersDigest)
        && tctx.TryTexts(HeaderNames, out var headerNames) && AreCanonical(headerNames)
        && tctx.TryText(BodyDigest, out var bodyDigest) && IsDigest(bodyDigest)
            ? new RequestBinding(method, targetUri, headersDigest, [.. headerNames], bodyDigest)
            : null;

    private static StepApproval? ReadApproval(JsonElement member) =>
        member.TryText(ApprovalId, out var id)
        && member.TryWhole(ApprovalRevision, 1, long.MaxValue, out var revision)
        && member.TryText(ApprovalDigest, out var revisionDigest)
        && member.TryTexts(ApprovedBy, out var approvedBy) && approvedBy.Length > 0
        && member.TryTexts(Statements, out var statements)
            ? new StepApproval(id, revision, revisionDigest, approvedBy, statements)
            : null;

    private static StepOrigin? ReadOrigin(JsonElement rctx) =>
        rctx.TryGetProperty(Client, out var client) && client.ValueKind == JsonValueKind.String
        && rctx.TryGetProperty(Transport, out var transport) && transport.ValueKind == JsonValueKind.String
            ? new StepOrigin(client.GetString()!, transport.GetString()!)
            : null;

    private static bool IsDigest(string text) =>
        text.Length == DigestLength && text.StartsWith("sha-256=:", StringComparison.Ordinal) && text.EndsWith(':');

    // Invariant: covered names are lowercase, sorted and single, so a name cannot hide behind another spelling of itself.
    private static bool AreCanonical(string[] names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (names[i].Any(char.IsAsciiLetterUpper) || (i > 0 && string.CompareOrdinal(names[i - 1], names[i]) >= 0))
            {
                return false;
            }
        }

        return true;
    }
}
