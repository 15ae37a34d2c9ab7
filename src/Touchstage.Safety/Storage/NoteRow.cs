using Touchstage.Safety.Approvals;

namespace Touchstage.Safety.Storage;

/// <summary>What a person did about an approval beside deciding.</summary>
internal sealed class NoteRow
{
    public required string Tenant { get; init; }

    public required string ApprovalId { get; init; }

    public required int Number { get; init; }

    public required NoteKind Kind { get; init; }

    public required string AuthorIssuer { get; init; }

    public required string AuthorSubject { get; init; }

    public string? AuthorOnBehalfOf { get; init; }

    public string? AuthorPerson { get; init; }

    public required string SessionId { get; init; }

    public required string Text { get; init; }

    public required string Channel { get; init; }

    public required long At { get; init; }
}
