using Touchstage.Safety.Approvals;
using Touchstage.Safety.Refusals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Safety.Actions;

/// <summary>Changes what waits for people: the same capability, schema-checked, judged as its requester and as whoever changes it, the stricter winning.</summary>
public interface IModifications
{
    /// <summary>Says what a modification would come to. Nothing changes.</summary>
    /// <param name="approver">Who would change it.</param>
    /// <param name="modification">What.</param>
    /// <param name="withCode">Whether to issue the decision code that confirms exactly this.</param>
    /// <param name="cancellation">Ends it.</param>
    /// <returns>The preview; or a refusal, such as <c>not_modifiable</c>, <c>invalid_arguments</c> with its problems, or <c>forbidden</c>.</returns>
    Task<Result<ModificationPreview>> PreviewAsync(Caller approver, Modification modification, bool withCode, CancellationToken cancellation);

    /// <summary>
    /// Makes the modification the approval's new revision; earlier votes fall. Where one yes is enough it is also the modifier's, and the server executes it; otherwise others must
    /// vote, and the modifier does not.
    /// </summary>
    /// <param name="approver">Who changes it.</param>
    /// <param name="modification">What.</param>
    /// <param name="previewedRevision">The preview's revision digest, from doors that show and confirm in one go; null where the code proves it.</param>
    /// <param name="code">The preview's decision code, demanded where <paramref name="previewedRevision"/> is null.</param>
    /// <param name="cancellation">Stops it before it is recorded; what is being recorded is recorded to its end.</param>
    Task<Result<DecisionReceipt>> ModifyAsync(Caller approver, Modification modification, string? previewedRevision, string? code, CancellationToken cancellation);
}
