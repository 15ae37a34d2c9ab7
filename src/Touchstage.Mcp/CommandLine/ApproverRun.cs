using System.CommandLine;
using Touchstage.Safety.Approvals;
using Touchstage.Safety.Sessions;

namespace Touchstage.Mcp.CommandLine;

/// <summary>One run of an approver's verb.</summary>
/// <param name="Approver">Who.</param>
/// <param name="Services">On what.</param>
/// <param name="Parse">What was given.</param>
/// <param name="Terminal">Where it reads and writes.</param>
internal sealed record ApproverRun(Caller Approver, IServiceProvider Services, ParseResult Parse, Terminal Terminal)
{
    public IApprovals Approvals => Services.GetRequiredService<IApprovals>();

    public DateTimeOffset Now => Services.GetRequiredService<TimeProvider>().GetUtcNow();

    public bool IsJson => Parse.GetValue(CommonOptions.Json);

    /// <summary>Where a person reads what a question is about: not among the JSON of the answer.</summary>
    public TextWriter Screen => IsJson ? Terminal.Error : Terminal.Out;
}
