namespace Touchstage.Safety.Egress;

/// <summary>Tells a library that speaks HTTP through <see cref="TokenChannel"/> that there is no answer, and its caller why.</summary>
internal sealed class EgressFailedException(EgressFailure failure) : HttpRequestException($"There is no answer: {failure.Fault}.")
{
    /// <summary>Why, and whether the other side may have seen the request.</summary>
    public EgressFailure Failure { get; } = failure;

    /// <summary>The failure that an exception stands for or was caused by, or null.</summary>
    public static EgressFailure? In(Exception? thrown)
    {
        for (; thrown is not null; thrown = thrown.InnerException)
        {
            if (thrown is EgressFailedException failed)
            {
                return failed.Failure;
            }
        }

        return null;
    }
}
