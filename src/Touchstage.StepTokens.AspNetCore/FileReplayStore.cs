using Microsoft.Extensions.Options;

namespace Touchstage.StepTokens.AspNetCore;

/// <summary>Remembers used tokens in a file, so that a restart forgets none. Whatever goes wrong with the file refuses the request.</summary>
internal sealed class FileReplayStore : IStepTokenReplayStore, IDisposable
{
    private const int WorthCompacting = 1024;
    private readonly SemaphoreSlim gate = new(1, 1);
    private readonly TimeProvider clock;
    private readonly ReplayRecord head;
    private readonly UsedTokens used;
    private readonly ReplayFile file;

    /// <summary>Reads what was used before.</summary>
    /// <exception cref="InvalidDataException">The file is no replay file, or was damaged elsewhere than at its end.</exception>
    /// <exception cref="IOException">The file cannot be read or written, or another process has it.</exception>
    public FileReplayStore(IOptionsMonitor<StepTokenOptions> options, TimeProvider clock)
    {
        this.clock = clock;
        var chosen = options.Get(StepTokenDefaults.Scheme);
        file = new(chosen.ReplayFile!);
        try
        {
            var records = file.Read();
            head = records.Count > 0 ? records[0] : Fresh(chosen.AcceptTokensFromBeforeStart);
            used = new(chosen.ReplayCapacity, head.Until);
            foreach (var record in records.Skip(1).Where(record => record.Until > clock.GetUtcNow()))
            {
                used.Add(record.Key, record.Until);
            }

            Compact();
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public async ValueTask<StepTokenUse> UseAsync(string tokenId, DateTimeOffset issuedAt, DateTimeOffset until)
    {
        await gate.WaitAsync();
        try
        {
            var record = ReplayRecord.Of(tokenId, until);
            var answer = used.Ask(record.Key, issuedAt, clock.GetUtcNow());
            if (answer is not StepTokenUse.First)
            {
                return answer;
            }

            if (file.IsInDoubt || (file.Records >= WorthCompacting && file.Records >= 2L * used.Count))
            {
                Compact();
            }

            // Invariant: the answer comes after the disk. A crash in between costs the request, never single use.
            file.Append(record);
            used.Add(record.Key, until);
            return StepTokenUse.First;
        }
        finally
        {
            gate.Release();
        }
    }

    public void Dispose()
    {
        file.Dispose();
        gate.Dispose();
    }

    private ReplayRecord Fresh(bool acceptAll) => ReplayRecord.Head(acceptAll ? DateTimeOffset.UnixEpoch : UsedTokens.SurelyAfter(clock.GetUtcNow()));

    private void Compact() => file.Rewrite([head, .. used.All.Select(entry => new ReplayRecord(entry.Key, entry.Until))]);
}
