using System.Diagnostics;

namespace Touchstage.Attacks.Tests.Crashes;

/// <summary>Hears of every commit of this process's stores just before and just after it, from what the engine's driver tells anyway.</summary>
internal sealed class CommitWatch : IObserver<DiagnosticListener>, IObserver<KeyValuePair<string, object?>>
{
    private const string Driver = "Microsoft.EntityFrameworkCore";
    private const string Committing = "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionCommitting";
    private const string Committed = "Microsoft.EntityFrameworkCore.Database.Transaction.TransactionCommitted";

    public static void Start() => DiagnosticListener.AllListeners.Subscribe(new CommitWatch());

    public void OnNext(DiagnosticListener value)
    {
        if (value.Name == Driver)
        {
            value.Subscribe(this, name => name is Committing or Committed);
        }
    }

    public void OnNext(KeyValuePair<string, object?> value) => CrashPoint.Transaction(value.Key is Committing ? "committing" : "committed");

    public void OnCompleted()
    {
    }

    public void OnError(Exception error)
    {
    }
}
