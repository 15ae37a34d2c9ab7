namespace Touchstage.Safety.Egress;

/// <summary>Either an answer or a failure.</summary>
internal sealed class EgressReply
{
    private EgressReply(EgressAnswer? answer, EgressFailure? failure) => (Answer, Failure) = (answer, failure);

    /// <summary>The answer, or null.</summary>
    public EgressAnswer? Answer { get; }

    /// <summary>The failure, exactly if there is no answer.</summary>
    public EgressFailure? Failure { get; }

    public static EgressReply Of(EgressAnswer answer) => new(answer, null);

    public static EgressReply Of(EgressFailureKind kind, EgressFault fault) => new(null, new(kind, fault));
}
