using Touchstage.Safety.Refusals;

namespace Touchstage.Safety.Steps;

internal sealed partial class RefreshedStep
{
    /// <summary>The stage <c>refresh</c>: whatever is slow about credentials is done before the step token's seconds begin to run.</summary>
    internal sealed class Refresher(IConnectionAccess access)
    {
        public async Task<Result<RefreshedStep>> RefreshAsync(RecordedStep step, CancellationToken cancellation)
        {
            if (!step.TrySpend())
            {
                throw new InvalidOperationException("A recorded step is spent once.");
            }

            return await access.PrepareAsync(step, cancellation) is { } no ? no : new RefreshedStep(step);
        }
    }
}
