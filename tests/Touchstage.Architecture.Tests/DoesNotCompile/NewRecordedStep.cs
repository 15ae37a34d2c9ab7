// expects: CS0122
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Steps;

internal static class NewRecordedStep
{
    public static RecordedStep Forge(PermittedAction permitted, DateTimeOffset now) =>
        new(permitted, "stp_1", now, "00", null); // forged
}
